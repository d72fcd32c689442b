use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, ordering(-titel))]
struct Books;

fn main() {}
