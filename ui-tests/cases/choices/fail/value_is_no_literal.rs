use drf::prelude::*;

const LARGE: isize = 5;

#[derive(Clone, Choices)]
enum Size {
    #[choice(value = 1.5)]
    Small,
    #[choice(value)]
    Medium,
}

#[derive(Clone, Choices)]
enum Width {
    Large = LARGE,
}

fn main() {}
