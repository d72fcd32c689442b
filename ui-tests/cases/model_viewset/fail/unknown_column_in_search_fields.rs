use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, search_fields(titel))]
struct Books;

fn main() {}
