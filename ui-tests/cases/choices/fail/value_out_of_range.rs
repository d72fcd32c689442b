use drf::prelude::*;

#[derive(Clone, Choices)]
#[repr(u8)]
enum Size {
    #[choice(value = 300)]
    Large,
    #[choice(value = -1)]
    Small,
}

fn main() {}
