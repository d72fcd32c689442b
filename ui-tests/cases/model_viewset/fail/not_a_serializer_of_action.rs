use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, serializers(list = Book))]
struct Books;

struct Book;

fn main() {}
