use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, pagination = 10)]
struct Books;

fn main() {}
