use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[read_only_model_viewset(serializer = BookSerializer, filter_fields(title))]
struct Books;

fn main() {}
