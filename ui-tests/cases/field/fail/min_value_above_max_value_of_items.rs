use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(child(min_value = 3, max_value = 1))]
    sizes: Vec<i64>,
}

fn main() {}
