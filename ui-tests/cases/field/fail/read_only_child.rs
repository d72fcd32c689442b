use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(child(read_only))]
    names: Vec<String>,
}

fn main() {}
