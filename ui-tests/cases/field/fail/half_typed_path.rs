use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(source = publisher.)]
    publisher_name: String,
}

fn main() {}
