use drf::prelude::*;
use drf::sea_orm::Select;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
struct BookSerializer {
    #[field(queryset = all)]
    title: String,
}

fn all(_: &Request, books: Select<book::Entity>) -> Select<book::Entity> {
    books
}

fn main() {}
