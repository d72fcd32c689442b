use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, unique_together(title, page))]
struct BookSerializer {
    title: String,
    pages: i32,
}

fn main() {}
