use drf::prelude::*;
use drf_ui_tests::{BookSerializer, publisher};

#[serializer(entity = publisher::Entity)]
struct PublisherSerializer {
    #[field(nested(write = append), cascade(publisher))]
    books: Vec<BookSerializer>,
}

fn main() {}
