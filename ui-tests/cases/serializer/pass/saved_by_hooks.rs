//! Nested rows that hooks save, under strict lints.

#![deny(warnings, missing_debug_implementations, unreachable_pub, unused_qualifications, unused_results)]

use drf::prelude::*;
use drf_ui_tests::{PublisherSerializer, book};

#[serializer(entity = book::Entity, create = create_book, update = update_book)]
#[derive(Debug)]
pub struct BookSerializer {
    title: String,
    #[field(nested)]
    publisher: PublisherSerializer,
    #[field(default_with = CreateOnlyDefault(pages))]
    pages: i32,
}

fn pages(_request: &Request) -> i32 {
    1
}

async fn create_book(create: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    create.insert().await
}

async fn update_book(update: Update<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    update.update().await
}

#[model_viewset(serializer = BookSerializer)]
#[derive(Debug)]
pub struct Books;

fn main() {
    let _ = DefaultRouter::new().register::<Books>("books");
}
