use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(model = book::Entity, entity = book::Entity)]
struct BookSerializer {
    title: String,
}

fn main() {}
