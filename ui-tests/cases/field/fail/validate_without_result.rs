use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(validate = trim)]
    title: String,
}

fn trim(title: String) -> String {
    title
}

fn main() {}
