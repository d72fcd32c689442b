use drf::fields::Integer;
use drf::prelude::*;

#[serializer]
pub struct Numbers {
    #[field(required = false)]
    integer: Integer,
    #[field(required = false, min_value = -5, max_value = 10)]
    small: Integer,
    #[field(required = false)]
    null_int: Option<Integer>,
    #[field(required = false)]
    floating: f64,
    #[field(required = false, min_value = 0.5, max_value = 2.5)]
    ranged: f64,
    #[field(required = false, max_digits = 6, decimal_places = 2)]
    decimal: Decimal,
    #[field(required = false, max_digits = 5, decimal_places = 3, coerce_to_string = false)]
    ratio: Decimal,
    #[field(required = false, decimal_places = 2, min_value = 0, max_value = 1000)]
    money: Decimal,
    #[field(required = false, max_digits = 8, decimal_places = 4, normalize_output)]
    trimmed: Decimal,
}
