use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(view_name = "book-detail")]
    title: String,
}

fn main() {}
