use drf::prelude::*;
use drf::sea_orm::Select;
use drf_ui_tests::{BookSerializer, publisher};

#[model_viewset(serializer = BookSerializer, get_queryset = own)]
struct Books;

fn own(_: &Request, publishers: Select<publisher::Entity>) -> Select<publisher::Entity> {
    publishers
}

fn main() {}
