use drf::prelude::*;
use drf_ui_tests::{BookSerializer, publisher};

#[model_viewset(serializer = BookSerializer)]
struct Books;

#[actions]
impl Books {
    #[action(list, permission(IsOwner))]
    async fn recent(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

struct IsOwner;

impl Permission<publisher::Model> for IsOwner {}

fn main() {}
