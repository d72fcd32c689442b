use drf::prelude::*;

#[viewset]
struct Books;

#[actions]
impl Books {
    #[action]
    async fn list() -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
