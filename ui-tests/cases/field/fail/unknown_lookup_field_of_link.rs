use drf::prelude::*;
use drf_ui_tests::{book, publisher};

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(lookup_field = nmae)]
    publisher: HyperlinkedRelated<publisher::Entity>,
}

fn main() {}
