use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(validate = positive)]
    title: String,
}

fn positive(pages: i32) -> Result<i32, ValidationError> {
    Ok(pages)
}

fn main() {}
