use drf::prelude::*;

#[derive(Choices)]
enum Category<T> {
    Fiction(T),
}

fn main() {}
