use drf::prelude::*;
use drf_ui_tests::{PublisherSerializer, book};

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(nested, read_only)]
    title: PublisherSerializer,
}

fn main() {}
