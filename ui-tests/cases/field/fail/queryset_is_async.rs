use drf::prelude::*;
use drf::sea_orm::Select;
use drf_ui_tests::{book, publisher};

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(queryset = all)]
    publisher: PrimaryKeyRelated<publisher::Entity>,
}

async fn all(_: &Request, publishers: Select<publisher::Entity>) -> Select<publisher::Entity> {
    publishers
}

fn main() {}
