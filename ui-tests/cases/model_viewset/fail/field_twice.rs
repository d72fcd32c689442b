use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, search_fields(title, title))]
struct Books;

fn main() {}
