use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, filter_backends(OwnerOnly))]
struct Books;

struct OwnerOnly;

fn main() {}
