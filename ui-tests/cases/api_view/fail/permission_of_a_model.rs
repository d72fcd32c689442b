use drf::prelude::*;
use drf_ui_tests::book;

#[api_view]
#[permission(IsOwner)]
async fn hello(_request: &Request) -> Result<Response> {
    Ok(Response::no_content())
}

struct IsOwner;

impl Permission<book::Model> for IsOwner {}

fn main() {}
