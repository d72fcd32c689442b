use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(source = name)]
    title: String,
}

fn main() {}
