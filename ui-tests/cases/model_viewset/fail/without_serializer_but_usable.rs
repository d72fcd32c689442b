use drf::prelude::*;
use drf_ui_tests::book;

#[model_viewset(search_fields(title))]
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
