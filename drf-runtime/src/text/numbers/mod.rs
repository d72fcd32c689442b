//! Numbers: Python's `int`, `float` and `decimal.Decimal` of a text, and their text.

mod decimal;
mod float;
mod integer;

pub use decimal::Rounding;
pub(crate) use decimal::{DecimalText, parse_decimal, quantize, write_decimal, write_decimal_normalized};
pub(crate) use float::{parse_float, write_float};
pub(crate) use integer::{ParsedInt, parse_int, parse_integer_field};
