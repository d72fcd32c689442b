use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, exception_handler = handle)]
struct Books;

fn handle() {}

fn main() {}
