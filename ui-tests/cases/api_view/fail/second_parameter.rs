use drf::prelude::*;

#[api_view]
async fn hello(_request: &Request, pk: i64) -> Result<Response> {
    Ok(Response::ok(pk))
}

fn main() {}
