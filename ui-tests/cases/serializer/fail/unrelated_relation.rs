use drf::prelude::*;
use drf_ui_tests::{publisher, review};

#[serializer(entity = review::Entity, relations(publisher = publisher::Entity))]
struct BookSerializer {
    publisher: PrimaryKeyRelated<publisher::Entity>,
}

fn main() {}
