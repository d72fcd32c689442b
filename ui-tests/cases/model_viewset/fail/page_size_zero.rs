use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, pagination = PageNumberPagination { page_size: 0 })]
struct Books;

fn main() {}
