use drf::prelude::*;

#[derive(Clone, Choices)]
enum Size {
    #[choice(value = 1)]
    Small,
    Large,
}

fn main() {}
