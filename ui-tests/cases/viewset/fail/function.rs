use drf::prelude::*;

#[viewset]
async fn books(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
