use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(min_length = 20, max_length = 5)]
    title: String,
}

fn main() {}
