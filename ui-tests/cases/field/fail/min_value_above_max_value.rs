use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(min_value = 10, max_value = -10)]
    pages: i32,
}

fn main() {}
