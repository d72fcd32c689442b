use drf::prelude::*;

#[read_only_model_viewset(search_fields(title))]
struct Books;

fn main() {}
