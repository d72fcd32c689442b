use drf::prelude::*;
use drf_ui_tests::{BookSerializer, PublisherSerializer};

#[model_viewset(serializer = BookSerializer, serializers(list = PublisherSerializer))]
struct Books;

fn main() {}
