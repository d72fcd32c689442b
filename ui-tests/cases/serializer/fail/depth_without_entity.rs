use drf::prelude::*;

#[serializer(depth = 1)]
struct Contact {
    name: String,
}

fn main() {}
