use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(validate = check)]
    title: String,
}

async fn check(title: String) -> Result<String, ValidationError> {
    Ok(title)
}

fn main() {}
