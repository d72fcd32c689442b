use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, lookup_url_kwarg = "book-id")]
struct Books;

fn main() {}
