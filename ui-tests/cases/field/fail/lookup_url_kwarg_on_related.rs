use drf::prelude::*;
use drf_ui_tests::{book, publisher};

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(lookup_url_kwarg = "name")]
    publisher: PrimaryKeyRelated<publisher::Entity>,
}

fn main() {}
