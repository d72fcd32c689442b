use drf::prelude::*;

#[api_view]
async fn hello() -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
