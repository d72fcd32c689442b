use drf::prelude::*;

#[derive(Choices)]
enum Category {
    Fiction,
    Other(String),
}

fn main() {}
