use drf::prelude::*;
use drf_ui_tests::publisher;

#[viewset]
#[permission(IsOwner)]
struct Publishers;

struct IsOwner;

impl Permission<publisher::Model> for IsOwner {}

#[actions]
impl Publishers {
    #[action]
    async fn list(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
