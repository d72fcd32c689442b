use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, perform_create = hooks::)]
struct Books;

mod hooks {}

fn main() {}
