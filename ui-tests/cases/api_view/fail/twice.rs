use drf::prelude::*;

#[api_view(GET)]
#[api_view(POST)]
async fn hello(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
