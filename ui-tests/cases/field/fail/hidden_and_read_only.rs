use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(hidden, read_only, default = 1)]
    pages: i32,
}

fn main() {}
