use drf::prelude::*;

#[viewset(lookup_value_regexp = "[0-9]+")]
struct Books;

fn main() {}
