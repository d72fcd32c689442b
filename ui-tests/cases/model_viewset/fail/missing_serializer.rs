use drf::prelude::*;

#[model_viewset(search_fields(title))]
struct Books;

fn main() {}
