use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(source = publisher.name)]
    publisher_name: i64,
}

fn main() {}
