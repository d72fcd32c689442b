use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
#[throttle(Burst)]
struct Books;

#[derive(Debug)]
struct Burst;

fn main() {}
