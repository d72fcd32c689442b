use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, update = save)]
struct BookSerializer {
    title: String,
}

async fn save(create: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    create.insert().await
}

fn main() {}
