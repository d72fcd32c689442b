use drf::prelude::*;
use drf_ui_tests::book;

#[viewset]
struct Books;

#[actions]
impl Books {
    #[action(detail)]
    async fn title(_request: &Request, book: book::Model) -> Result<Response> {
        Ok(Response::ok(book.title))
    }
}

fn main() {}
