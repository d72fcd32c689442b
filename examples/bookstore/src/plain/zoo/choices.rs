use drf::fields::OrBlank;
use drf::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
pub enum Size {
    #[choice(value = "s")]
    Small,
    #[choice(value = "m")]
    Medium,
    #[choice(value = "l")]
    Large,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
pub enum Number {
    #[choice(value = 1)]
    One,
    #[choice(value = 2)]
    Two,
    #[choice(value = 3)]
    Three,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
pub enum Letter {
    #[choice(value = "a", label = "a")]
    A,
    #[choice(value = "b", label = "b")]
    B,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
pub enum Color {
    #[choice(group = "Warm")]
    Red,
    #[choice(group = "Warm")]
    Orange,
    Blue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
pub enum Axis {
    #[choice(value = "x", label = "x")]
    X,
    #[choice(value = "y", label = "y")]
    Y,
    #[choice(value = "z", label = "z")]
    Z,
}

#[serializer]
pub struct AllChoices {
    #[field(required = false)]
    size: Size,
    #[field(required = false)]
    number: Number,
    #[field(required = false)]
    blank: OrBlank<Letter>,
    #[field(required = false)]
    grouped: Color,
    #[field(required = false)]
    many: MultipleChoice<Axis>,
    #[field(required = false, allow_empty = false)]
    some: MultipleChoice<Axis>,
}
