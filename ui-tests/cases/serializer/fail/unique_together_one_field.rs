use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, unique_together(title))]
struct BookSerializer {
    title: String,
}

fn main() {}
