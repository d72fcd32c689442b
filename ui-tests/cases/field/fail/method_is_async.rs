use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(method = shout)]
    loud: String,
}

async fn shout(book: &book::Model) -> String {
    book.title.to_uppercase()
}

fn main() {}
