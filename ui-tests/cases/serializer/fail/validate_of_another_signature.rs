use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, validate = check)]
struct BookSerializer {
    title: String,
}

async fn check(data: Validated<BookSerializer>) -> Result<Validated<BookSerializer>> {
    Ok(data)
}

fn main() {}
