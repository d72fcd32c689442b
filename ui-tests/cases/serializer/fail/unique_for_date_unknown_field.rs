use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity, unique_for_date(title, creatd))]
struct BookSerializer {
    title: String,
    created: DateTimeUtc,
}

fn main() {}
