use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer)]
struct Books;

trait Recent {}

#[actions]
impl Recent for Books {}

fn main() {}
