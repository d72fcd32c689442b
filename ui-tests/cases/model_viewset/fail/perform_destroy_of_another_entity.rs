use drf::prelude::*;
use drf_ui_tests::{BookSerializer, publisher};

#[model_viewset(serializer = BookSerializer, perform_destroy = archive)]
struct Books;

async fn archive(_: &Request, publisher: Destroy<'_, publisher::Entity>) -> Result<()> {
    publisher.delete().await
}

fn main() {}
