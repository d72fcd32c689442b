use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, validate = check)]
struct BookSerializer {
    title: String,
}

async fn check(_: Validated<BookSerializer>, _: &Context<'_, BookSerializer>) -> Result<()> {
    Ok(())
}

fn main() {}
