use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, create = save)]
struct BookSerializer {
    title: String,
}

async fn save(create: Create<'_, BookSerializer>) -> Result<()> {
    create.insert().await?;
    Ok(())
}

fn main() {}
