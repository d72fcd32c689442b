use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(max_digits = 3)]
    size: i64,
}

fn main() {}
