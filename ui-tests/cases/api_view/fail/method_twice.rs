use drf::prelude::*;

#[api_view(GET, POST, GET)]
async fn hello(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
