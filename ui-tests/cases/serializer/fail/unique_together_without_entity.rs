use drf::prelude::*;

#[serializer(unique_together(name, email))]
struct Contact {
    name: String,
    email: Email,
}

fn main() {}
