use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(decimal_places = 3)]
    size: String,
}

fn main() {}
