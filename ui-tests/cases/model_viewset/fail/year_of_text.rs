use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, filterset_fields(title(year__gt)))]
struct Books;

fn main() {}
