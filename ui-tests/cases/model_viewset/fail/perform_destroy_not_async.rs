use drf::prelude::*;
use drf_ui_tests::{BookSerializer, book};

#[model_viewset(serializer = BookSerializer, perform_destroy = archive)]
struct Books;

fn archive(_: &Request, _: Destroy<'_, book::Entity>) -> Result<()> {
    Ok(())
}

fn main() {}
