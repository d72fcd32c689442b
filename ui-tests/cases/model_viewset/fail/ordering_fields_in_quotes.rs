use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, ordering_fields = "__all__")]
struct Books;

fn main() {}
