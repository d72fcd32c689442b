use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(child(max_lenght = 3))]
    names: Vec<String>,
}

fn main() {}
