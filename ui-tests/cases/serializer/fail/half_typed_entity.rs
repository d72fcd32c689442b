use drf::prelude::*;
use drf_ui_tests::book;

#[serializer(entity = book::)]
struct BookSerializer {
    title: String,
}

#[model_viewset(serializer = BookSerializer, search_fields(title))]
struct Books;

fn main() {}
