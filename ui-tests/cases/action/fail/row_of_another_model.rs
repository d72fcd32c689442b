use drf::prelude::*;
use drf_ui_tests::{BookSerializer, publisher};

#[model_viewset(serializer = BookSerializer)]
struct Books;

#[actions]
impl Books {
    #[action(detail)]
    async fn name(_request: &Request, _row: publisher::Model) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
