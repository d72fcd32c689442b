use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer, perform_update = stamp)]
struct Books;

async fn stamp(_: &Request, create: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    create.save().await
}

fn main() {}
