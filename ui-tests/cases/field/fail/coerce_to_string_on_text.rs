use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(coerce_to_string)]
    name: String,
}

fn main() {}
