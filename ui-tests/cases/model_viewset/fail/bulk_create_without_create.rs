use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, actions(list), bulk_create)]
struct Books;

fn main() {}
