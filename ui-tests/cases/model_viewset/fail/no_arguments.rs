use drf::prelude::*;

#[model_viewset]
struct Books;

fn main() {}
