use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::Entity)]
fn book_serializer() {}

fn main() {}
