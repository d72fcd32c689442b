use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(child(max_length = 3))]
    name: String,
}

fn main() {}
