use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer, actions(list, create), perform_destroy = archive)]
struct Books;

async fn archive(_: &Request, book: Destroy<'_, book::Entity>) -> Result<()> {
    book.delete().await
}

fn main() {}
