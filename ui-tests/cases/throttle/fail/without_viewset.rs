use drf::prelude::*;

#[throttle(scope = "anon")]
struct Books;

fn main() {}
