use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, depth = "all")]
struct BookSerializer {
    title: String,
}

fn main() {}
