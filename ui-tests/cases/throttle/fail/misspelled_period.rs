use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[throttle(rate = "60/minutess")]
struct Books;

fn main() {}
