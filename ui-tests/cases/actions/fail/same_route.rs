use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
struct Books;

#[actions]
impl Books {
    #[action(list, methods(GET, POST))]
    async fn recent(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }

    #[action(list, methods(POST), url_path = "recent")]
    async fn add_recent(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
