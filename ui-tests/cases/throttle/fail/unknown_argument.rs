use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[throttle(scop = "anon")]
struct Books;

fn main() {}
