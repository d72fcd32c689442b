use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, lookup_field = isbn)]
struct Books;

fn main() {}
