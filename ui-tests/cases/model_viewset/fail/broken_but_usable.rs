use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer, page_size = 5)]
#[permission(IsAuthenticated)]
struct Books;

#[actions]
impl Books {
    #[action(detail)]
    async fn title(_request: &Request, book: book::Model) -> Result<Response> {
        Ok(Response::ok(book.title))
    }
}

fn urls() -> DefaultRouter {
    DefaultRouter::new().register::<Books>("books")
}

fn main() {}
