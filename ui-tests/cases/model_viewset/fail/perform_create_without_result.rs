use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, perform_create = stamp)]
struct Books;

async fn stamp(_: &Request, create: Create<'_, BookSerializer>) {
    let _ = create.save().await;
}

fn main() {}
