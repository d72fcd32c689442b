use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, lookup_value_regex = "[0-9")]
struct Books;

fn main() {}
