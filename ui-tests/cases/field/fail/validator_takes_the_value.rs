use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(validators(is_even))]
    pages: i32,
}

fn is_even(_: i32) -> Result<(), ValidationError> {
    Ok(())
}

fn main() {}
