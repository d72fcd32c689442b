use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, provided(pags))]
struct BookSerializer {
    title: String,
}

fn main() {}
