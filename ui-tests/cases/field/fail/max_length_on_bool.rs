use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(max_length = 5)]
    in_stock: bool,
}

fn main() {}
