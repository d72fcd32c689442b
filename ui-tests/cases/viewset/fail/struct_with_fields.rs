use drf::prelude::*;

#[viewset]
struct Books {
    title: String,
}

fn main() {}
