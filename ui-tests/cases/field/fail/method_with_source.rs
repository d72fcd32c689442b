use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(method = shout, source = title)]
    loud: String,
}

fn shout(book: &book::Model) -> String {
    book.title.to_uppercase()
}

fn main() {}
