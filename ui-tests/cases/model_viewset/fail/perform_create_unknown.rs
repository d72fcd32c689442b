use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer, perform_create = stmp)]
struct Books;

async fn stamp(_: &Request, create: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    create.save().await
}

fn main() {}
