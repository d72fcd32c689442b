use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(max_length = 5, max_length = 6)]
    title: String,
}

fn main() {}
