use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[throttle("anon")]
struct Books;

fn main() {}
