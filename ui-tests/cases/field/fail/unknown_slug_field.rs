use drf::prelude::*;
use drf_ui_tests::{book, publisher};

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(slug_field = nmae)]
    publisher: SlugRelated<publisher::Entity>,
}

fn main() {}
