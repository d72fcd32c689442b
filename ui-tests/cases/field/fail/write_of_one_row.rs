use drf::prelude::*;
use drf_ui_tests::{PublisherSerializer, book};

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(nested(write = replace))]
    publisher: PublisherSerializer,
}

fn main() {}
