use drf::prelude::*;

#[viewset]
struct Books;

#[actions]
impl Books {
    #[action]
    async fn list(_request: &Request, pk: i64) -> Result<Response> {
        Ok(Response::ok(pk))
    }
}

fn main() {}
