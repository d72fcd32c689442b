use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
struct Books;

#[actions]
impl Books {
    #[action]
    async fn list(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
