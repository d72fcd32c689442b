use drf::prelude::*;

#[api_view(GET, permission(AllowAny))]
async fn hello(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

fn main() {}
