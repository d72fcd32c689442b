use drf::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
enum Color {
    #[choice(group = Warm)]
    Red,
}

fn main() {}
