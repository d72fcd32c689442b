use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[serializer(entity = book::Entity)]
struct BookWithPublisher {
    #[field(nested, read_only)]
    publisher: BookSerializer,
}

fn main() {}
