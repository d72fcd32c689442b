use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, pagination = Tens)]
struct Books;

struct Tens;

fn main() {}
