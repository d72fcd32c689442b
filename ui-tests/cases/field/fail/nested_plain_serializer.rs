use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(nested, read_only)]
    publisher: Point,
}

#[serializer]
struct Point {
    x: i64,
}

fn main() {}
