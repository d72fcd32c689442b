use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(regex = "[0-9]+")]
    pages: i32,
}

fn main() {}
