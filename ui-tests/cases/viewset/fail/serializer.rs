use drf::prelude::*;

#[viewset(serializer = drf_ui_tests::BookSerializer)]
struct Books;

fn main() {}
