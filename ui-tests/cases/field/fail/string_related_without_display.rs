use drf::prelude::*;
use drf_ui_tests::{book, publisher};

#[serializer(entity = book::Entity)]
struct BookSerializer {
    publisher: StringRelated<publisher::Entity>,
}

fn main() {}
