use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[throttle(rate = "1/sec", rate = "60/min")]
struct Books;

fn main() {}
