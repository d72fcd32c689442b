use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(allow_empty_file)]
    name: String,
}

fn main() {}
