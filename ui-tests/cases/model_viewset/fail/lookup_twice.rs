use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, filterset_fields(title(exact, exact)))]
struct Books;

fn main() {}
