use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(no_column)]
    note: String,
}

fn main() {}
