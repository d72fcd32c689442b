use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, pagination = PageNumberPagination { page_size: 20, max_page_size: 10 })]
struct Books;

fn main() {}
