use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, lookup_field = publisher.name)]
struct Books;

fn main() {}
