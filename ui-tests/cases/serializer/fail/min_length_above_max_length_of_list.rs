use drf::prelude::*;

#[serializer(list(min_length = 5, max_length = 3))]
struct Contact {
    name: String,
}

fn main() {}
