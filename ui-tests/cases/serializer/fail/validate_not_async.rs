use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, validate = check)]
struct BookSerializer {
    title: String,
}

fn check(
    data: Validated<BookSerializer>,
    _: &Context<'_, BookSerializer>,
) -> Result<Validated<BookSerializer>> {
    Ok(data)
}

fn main() {}
