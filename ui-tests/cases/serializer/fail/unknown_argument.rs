use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, uniqe_together(title, pages))]
struct BookSerializer {
    title: String,
}

fn main() {}
