use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(child(max_digits = 3))]
    names: Vec<String>,
}

fn main() {}
