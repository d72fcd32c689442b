use drf::prelude::*;
use drf_ui_tests::{BookSerializer, publisher};

#[serializer(entity = publisher::Entity)]
struct PublisherSerializer {
    #[field(nested(write = replace), cascade(publishr))]
    books: Vec<BookSerializer>,
}

fn main() {}
