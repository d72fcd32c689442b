use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(default_with = 1)]
    pages: i32,
}

fn main() {}
