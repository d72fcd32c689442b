use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer)]
struct Books;

#[actions]
impl Books {
    #[action(detail)]
    async fn compare(_request: &Request, _book: book::Model, _other: book::Model) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
