use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(nested(write = replace))]
    points: Vec<Point>,
}

#[serializer]
struct Point {
    x: i64,
}

fn main() {}
