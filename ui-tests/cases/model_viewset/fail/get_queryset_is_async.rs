use drf::prelude::*;
use drf::sea_orm::Select;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer, get_queryset = own)]
struct Books;

async fn own(_: &Request, books: Select<book::Entity>) -> Select<book::Entity> {
    books
}

fn main() {}
