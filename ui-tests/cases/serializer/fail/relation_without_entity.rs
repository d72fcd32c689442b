use drf::prelude::*;
use drf_ui_tests::{book, review};

#[serializer(entity = review::Entity, relations(book))]
struct BookSerializer {
    book: PrimaryKeyRelated<book::Entity>,
}

fn main() {}
