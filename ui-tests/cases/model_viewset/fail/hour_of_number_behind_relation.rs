use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, filterset_fields(publisher.id(hour)))]
struct Books;

fn main() {}
