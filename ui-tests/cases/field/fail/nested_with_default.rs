use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(nested, default = Point { x: 0 })]
    point: Point,
}

#[serializer]
struct Point {
    x: i64,
}

fn main() {}
