use drf::prelude::*;

#[actions]
struct Books;

fn main() {}
