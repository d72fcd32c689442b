use drf::prelude::*;

#[serializer]
struct Contact {
    point: Point,
}

#[serializer]
struct Point {
    x: i64,
}

fn main() {}
