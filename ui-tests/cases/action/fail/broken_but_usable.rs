use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
struct Books;

#[actions]
impl Books {
    #[action(list, detial)]
    async fn recent(request: &Request) -> Result<Response> {
        Self::title(request).await
    }

    #[action(list)]
    async fn title(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
