use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[read_only_model_viewset(serializer = BookSerializer, perform_create = stamp)]
struct Books;

async fn stamp(_: &Request, create: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    create.save().await
}

fn main() {}
