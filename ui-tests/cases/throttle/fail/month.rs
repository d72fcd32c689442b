use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[throttle(rate = "100/month")]
struct Books;

fn main() {}
