use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[throttle(rate = "many/day")]
struct Books;

fn main() {}
