use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(method = length)]
    length: String,
}

fn length(book: &book::Model) -> usize {
    book.title.len()
}

fn main() {}
