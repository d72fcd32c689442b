use drf::prelude::*;

#[api_view(GTE)]
async fn hello(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
