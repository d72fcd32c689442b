use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, actions(list, list))]
struct Books;

fn main() {}
