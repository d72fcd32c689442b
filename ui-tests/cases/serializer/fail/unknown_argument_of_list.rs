use drf::prelude::*;

#[serializer(list(max_lenght = 3))]
struct Contact {
    name: String,
}

fn main() {}
