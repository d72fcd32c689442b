use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, perform_create = Stamp)]
struct Books;

struct Stamp;

fn main() {}
