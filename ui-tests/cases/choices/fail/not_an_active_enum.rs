use drf::prelude::*;

#[derive(Choices)]
enum Category {
    Fiction,
    Tech,
}

fn main() {}
