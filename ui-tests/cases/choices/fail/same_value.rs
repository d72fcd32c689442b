use drf::prelude::*;

#[derive(Clone, Choices)]
enum Size {
    #[choice(value = "s")]
    Small,
    #[choice(value = "s")]
    Tiny,
}

#[derive(Clone, Choices)]
enum Stars {
    One = 1,
    Two,
    #[choice(value = 2)]
    Three,
}

fn main() {}
