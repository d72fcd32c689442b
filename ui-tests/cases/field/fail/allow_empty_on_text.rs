use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(allow_empty)]
    title: String,
}

fn main() {}
