use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
struct Books;

#[actions]
impl Books {
    #[action(list, url_pth = "new")]
    async fn recent(_request: &Request) -> Result<Response> {
        Ok(Response::no_content())
    }
}

fn main() {}
