use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[read_only_model_viewset(serializer = BookSerializer, actions(list, create))]
struct Books;

fn main() {}
