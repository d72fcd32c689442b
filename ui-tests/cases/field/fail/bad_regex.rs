use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(regex = "[a-z")]
    title: String,
}

fn main() {}
