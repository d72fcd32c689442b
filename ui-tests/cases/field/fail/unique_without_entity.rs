use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(unique)]
    email: String,
}

fn main() {}
