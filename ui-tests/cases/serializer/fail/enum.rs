use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
enum BookSerializer {
    Title(#[field(read_only)] String),
}

fn main() {}
