use drf::prelude::*;

#[viewset]
#[model_viewset(serializer = drf_ui_tests::BookSerializer)]
struct Books;

fn main() {}
