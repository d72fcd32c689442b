use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer, bulk_create, perform_create = save)]
struct Books;

async fn save(_: &Request, create: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    create.save().await
}

fn main() {}
