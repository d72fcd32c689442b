use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(create = save)]
struct Contact {
    email: Email,
}

async fn save(create: Create<'_, Contact>) -> Result<Saved<book::Entity>> {
    create.insert().await
}

fn main() {}
