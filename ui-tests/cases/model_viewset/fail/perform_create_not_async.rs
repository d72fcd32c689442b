use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer, perform_create = stamp)]
struct Books;

fn stamp(_: &Request, _: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    todo!()
}

fn main() {}
