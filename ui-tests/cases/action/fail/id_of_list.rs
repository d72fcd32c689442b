use drf::prelude::*;

#[viewset]
struct Books;

#[actions]
impl Books {
    #[action]
    async fn list(_request: &Request, id: i64) -> Result<Response> {
        Ok(Response::ok(id))
    }
}

fn main() {}
