use drf::prelude::*;
use drf_ui_tests::BookSerializer;

#[model_viewset(serializer = BookSerializer, parsers(Yaml))]
struct Books;

struct Yaml;

fn main() {}
