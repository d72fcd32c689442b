use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(validators(is_odd, is_eve))]
    pages: i32,
}

fn is_even(_: &i32) -> Result<(), ValidationError> {
    Ok(())
}

fn is_odd(_: &i32) -> Result<(), ValidationError> {
    Ok(())
}

fn main() {}
