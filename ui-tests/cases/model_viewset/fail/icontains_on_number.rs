use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, filterset_fields(pages(icontains)))]
struct Books;

fn main() {}
