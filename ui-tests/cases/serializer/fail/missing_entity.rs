use drf::prelude::*;

#[serializer]
struct BookSerializer {
    title: String,
}

fn main() {}
