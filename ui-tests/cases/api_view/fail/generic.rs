use drf::prelude::*;

#[api_view]
async fn hello<T>(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
