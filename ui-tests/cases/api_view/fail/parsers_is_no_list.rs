use drf::prelude::*;

#[api_view(parsers = JSONParser)]
async fn hello(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
