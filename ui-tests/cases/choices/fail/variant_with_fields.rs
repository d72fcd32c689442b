use drf::prelude::*;

#[derive(Clone, Choices)]
enum Category {
    Fiction,
    Other(String),
}

fn main() {}
