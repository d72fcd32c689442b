use drf::prelude::*;

#[viewset]
struct Books;

#[actions]
impl Books {
    #[action]
    async fn lst(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
