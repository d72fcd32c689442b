use drf::fields::{Integer, JsonText};
use drf::prelude::*;

#[serializer]
pub struct Point {
    x: Integer,
    #[field(default = Integer::from(0))]
    y: Integer,
}

#[serializer]
pub struct Containers {
    #[field(required = false)]
    any_list: Vec<Value>,
    #[field(required = false, min_length = 1, max_length = 3, child(min_value = 0))]
    ints: Vec<Integer>,
    #[field(required = false, allow_empty = false)]
    nonempty: Vec<String>,
    #[field(required = false)]
    matrix: Vec<Vec<Integer>>,
    #[field(required = false)]
    mapping: IndexMap<String, Value>,
    #[field(required = false, allow_empty = false, child(max_digits = 5, decimal_places = 2))]
    prices: IndexMap<String, Decimal>,
    #[field(required = false)]
    json: Value,
    #[field(required = false)]
    json_text: JsonText,
    #[field(required = false, nested)]
    point: Point,
    #[field(required = false, nested, max_length = 2)]
    points: Vec<Point>,
    #[field(required = false, nested)]
    maybe_point: Option<Point>,
}
