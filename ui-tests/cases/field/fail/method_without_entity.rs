use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(method = shout)]
    loud: String,
}

fn shout(_: &()) -> String {
    String::new()
}

fn main() {}
