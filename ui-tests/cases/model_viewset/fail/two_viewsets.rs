use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[read_only_model_viewset(serializer = BookSerializer)]
struct Books;

fn main() {}
