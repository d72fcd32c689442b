use drf::prelude::*;

#[permission(IsAuthenticated)]
async fn books(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
