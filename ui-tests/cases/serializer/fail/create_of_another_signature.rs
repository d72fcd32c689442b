use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, create = save)]
struct BookSerializer {
    title: String,
}

async fn save(_: &Request, create: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    create.insert().await
}

fn main() {}
