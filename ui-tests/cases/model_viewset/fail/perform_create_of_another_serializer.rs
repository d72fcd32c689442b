use drf::prelude::*;
use drf_ui_tests::{BookSerializer, PublisherSerializer, publisher};

#[model_viewset(serializer = BookSerializer, perform_create = stamp)]
struct Books;

async fn stamp(
    _: &Request,
    create: Create<'_, PublisherSerializer>,
) -> Result<Saved<publisher::Entity>> {
    create.save().await
}

fn main() {}
