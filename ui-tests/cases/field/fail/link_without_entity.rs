use drf::prelude::*;

#[serializer]
struct Contact {
    url: HyperlinkedIdentity,
}

fn main() {}
