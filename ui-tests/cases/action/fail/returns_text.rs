use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
struct Books;

#[actions]
impl Books {
    #[action(list)]
    async fn recent(_request: &Request) -> Result<String> {
        Ok(String::new())
    }
}

fn main() {}
