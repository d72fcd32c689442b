use drf::prelude::*;

#[serializer]
struct Contact {
    #[field(max_digits = 2, decimal_places = 4)]
    size: Decimal,
}

fn main() {}
