use drf::prelude::*;

#[viewset]
struct Books;

#[actions]
impl Books {
    #[action]
    fn list(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
