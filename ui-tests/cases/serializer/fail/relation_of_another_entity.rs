use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    publisher: PrimaryKeyRelated<book::Entity>,
}

fn main() {}
