use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(unique(lookup = like))]
    title: String,
}

fn main() {}
