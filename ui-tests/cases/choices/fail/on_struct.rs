use drf::prelude::*;

#[derive(Choices)]
struct Category;

fn main() {}
