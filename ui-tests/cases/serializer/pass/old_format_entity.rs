//! An entity in sea-orm's old format does not say the names of its relations: `relations(..)` does.

use drf::prelude::*;
use drf_ui_tests::{book, review};

#[serializer(entity = review::Entity, relations(book = book::Entity))]
struct ReviewSerializer {
    id: i64,
    text: String,
    book: PrimaryKeyRelated<book::Entity>,
    #[field(source = book.title)]
    title: String,
    #[field(source = book.publisher.name)]
    publisher: String,
}

#[model_viewset(
    serializer = ReviewSerializer,
    relations(book = book::Entity),
    search_fields(text, book.title),
    filterset_fields(book, book.pages(gt)),
    ordering_fields(book.title),
)]
struct Reviews;

fn main() {
    let _ = DefaultRouter::new().register::<Reviews>("reviews");
}
