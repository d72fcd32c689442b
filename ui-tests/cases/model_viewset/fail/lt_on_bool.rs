use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, filterset_fields(in_stock(lt)))]
struct Books;

fn main() {}
