//! Numbers: integers, floats, decimals.

use rust_decimal::Decimal;
use rust_decimal::prelude::FromPrimitive;
use sea_orm::DbErr;
use sea_orm::sea_query::Nullable;

use super::options::DecimalNumber;
use super::{Bounded, Bounds, Field, FieldDescription, FieldKind, Stored};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::renderers::json_text;
use crate::text::numbers::{
    ParsedInt, Rounding, parse_decimal, parse_float, parse_integer_field, quantize, write_decimal,
    write_decimal_normalized, write_float,
};
use crate::value::Value;

/// Longer input is not even looked at.
const MAX_STRING_LENGTH: usize = 1000;

fn check_input_length(input: &Value, field: &FieldDescription) -> Result<(), ValidationError> {
    match input {
        Value::String(text) if text.chars().count() > MAX_STRING_LENGTH => {
            Err(field.fail("max_string_length", "String value too large.", &[]))
        }
        _ => Ok(()),
    }
}

fn too_large(field: &FieldDescription, max: &str) -> ValidationError {
    field.fail("max_value", "Ensure this value is less than or equal to {max_value}.", &[("max_value", max)])
}

fn too_small(field: &FieldDescription, min: &str) -> ValidationError {
    field.fail(
        "min_value",
        "Ensure this value is greater than or equal to {min_value}.",
        &[("min_value", min)],
    )
}

/// Adds an error for each limit that a number is beyond; `compare` tells how it lies to a limit.
fn check_bounds(
    field: &FieldDescription,
    errors: &mut Vec<ValidationError>,
    compare: impl Fn(Bounds) -> Option<std::cmp::Ordering>,
) {
    if let Some(max) = field.max_value.filter(|max| compare(*max).is_some_and(|order| order.is_gt())) {
        errors.push(too_large(field, &max.text()));
    }
    if let Some(min) = field.min_value.filter(|min| compare(*min).is_some_and(|order| order.is_lt())) {
        errors.push(too_small(field, &min.text()));
    }
}

macro_rules! integer {
    ($($type:ty),*) => {$(
        /// DRF's `IntegerField`. What the type cannot hold is beyond its `max_value` or `min_value`.
        impl Field for $type {
            type Source = $type;

            fn describe(field: &mut FieldDescription) {
                field.kind = FieldKind::Integer;
            }

            fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
                let range = (i128::from(<$type>::MIN), i128::from(<$type>::MAX));
                let number = integer(input, field, range)?;
                <$type>::try_from(number).map_err(|_| too_large(field, &<$type>::MAX.to_string()))
            }

            fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
                check_bounds(field, errors, |limit| match limit {
                    Bounds::Int(limit) => Some(i128::from(*self).cmp(&i128::from(limit))),
                    Bounds::Float(limit) => (*self as f64).partial_cmp(&limit),
                });
            }

            fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
                write_integer((*self).into(), out);
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
                let number = row.int(index)?.map(<$type>::try_from).transpose();
                number.map_err(|error| DbErr::Type(error.to_string()))
            }

            fn write_cell(row: &Row<'_>, index: usize, _: &FieldDescription, out: &mut Vec<u8>) -> Result<(), DbErr> {
                match row.int(index)? {
                    Some(number) => write_integer(number.into(), out),
                    None => out.extend_from_slice(b"null"),
                }
                Ok(())
            }

            fn to_stored(&self) -> Stored {
                Stored::Value((*self).into())
            }

            fn null() -> sea_orm::Value {
                <$type as Nullable>::null()
            }
        }

        impl Bounded for $type {}
    )*};
}
integer!(i8, i16, i32, i64, u8, u16, u32);

/// An integer from input, as Python's `int(str(data))` reads it, within a range.
fn integer(input: &Value, field: &FieldDescription, range: (i128, i128)) -> Result<i64, ValidationError> {
    check_input_length(input, field)?;
    let invalid = || field.fail("invalid", "A valid integer is required.", &[]);
    let parsed = match input {
        Value::Int(number) => ParsedInt::Small(*number),
        Value::BigInt(_) | Value::Float(_) => parse_integer_field(&json_text(input)).ok_or_else(invalid)?,
        Value::String(text) => parse_integer_field(text).ok_or_else(invalid)?,
        _ => return Err(invalid()),
    };
    match parsed {
        ParsedInt::Small(number) if i128::from(number) > range.1 => {
            Err(too_large(field, &range.1.to_string()))
        }
        ParsedInt::Small(number) if i128::from(number) < range.0 => {
            Err(too_small(field, &range.0.to_string()))
        }
        ParsedInt::Small(number) => Ok(number),
        ParsedInt::Big(digits) if digits.starts_with('-') => Err(too_small(field, &range.0.to_string())),
        ParsedInt::Big(_) => Err(too_large(field, &range.1.to_string())),
    }
}

/// Appends an integer's digits, without a `String` between.
pub(crate) fn write_integer(number: i64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut start = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[start..]);
}

macro_rules! float {
    ($($type:ty),*) => {$(
        /// DRF's `FloatField`.
        impl Field for $type {
            type Source = $type;

            fn describe(field: &mut FieldDescription) {
                field.kind = FieldKind::Float;
            }

            fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
                check_input_length(input, field)?;
                let number = match input {
                    Value::Bool(value) => Some(f64::from(u8::from(*value))),
                    Value::Int(number) => Some(*number as f64),
                    Value::Float(number) => Some(*number),
                    Value::BigInt(digits) => parse_float(digits),
                    Value::String(text) => parse_float(text),
                    _ => None,
                };
                let finite = number.map(|number| number as $type).filter(|number| number.is_finite());
                finite.ok_or_else(|| field.fail("invalid", "A valid number is required.", &[]))
            }

            fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
                check_bounds(field, errors, |limit| f64::from(*self).partial_cmp(&limit.as_f64()));
            }

            fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
                write_float((*self).into(), out);
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
                Ok(row.float(index)?.map(|number| number as $type))
            }

            fn to_stored(&self) -> Stored {
                Stored::Value((*self).into())
            }

            fn null() -> sea_orm::Value {
                <$type as Nullable>::null()
            }
        }

        impl Bounded for $type {}
    )*};
}
float!(f32, f64);

/// DRF's `DecimalField`. Digits and places are the column's; the output is text unless `coerce_to_string = false`.
impl Field for Decimal {
    type Source = Decimal;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Decimal;
    }

    fn means_null(input: &Value) -> bool {
        matches!(input, Value::Null) || input.as_str().is_some_and(|text| text.trim().is_empty())
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        check_input_length(input, field)?;
        let invalid = || field.fail("invalid", "A valid number is required.", &[]);
        let parsed = match input {
            Value::String(text) => parse_decimal(text),
            Value::Int(_) | Value::BigInt(_) | Value::Float(_) => parse_decimal(&json_text(input)),
            _ => None,
        };
        let digits = parsed.ok_or_else(invalid)?;
        let check = |found: u64, most: Option<u32>| most.filter(|most| found > u64::from(*most));
        if let Some(max) = check(digits.total_digits(), field.max_digits) {
            let message = "Ensure that there are no more than {max_digits} digits in total.";
            return Err(field.fail("max_digits", message, &[("max_digits", &max.to_string())]));
        }
        if let Some(max) = check(digits.decimal_places(), field.decimal_places) {
            let message = "Ensure that there are no more than {max_decimal_places} decimal places.";
            return Err(field.fail(
                "max_decimal_places",
                message,
                &[("max_decimal_places", &max.to_string())],
            ));
        }
        let whole =
            field.max_digits.zip(field.decimal_places).map(|(all, places)| all.saturating_sub(places));
        if let Some(max) = check(digits.whole_digits(), whole) {
            let message =
                "Ensure that there are no more than {max_whole_digits} digits before the decimal point.";
            return Err(field.fail("max_whole_digits", message, &[("max_whole_digits", &max.to_string())]));
        }
        digits.to_decimal().ok_or_else(invalid)
    }

    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        check_bounds(field, errors, |limit| match limit {
            Bounds::Int(limit) => Some(self.cmp(&Decimal::from(limit))),
            Bounds::Float(limit) => Decimal::from_f64(limit).map(|limit| self.cmp(&limit)),
        });
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        if field.coerce_to_string {
            out.push(b'"');
        }
        match field.decimal_places {
            Some(places) if field.rounding != Rounding::HalfEven => {
                write_decimal(quantize(*self, places, field.rounding), Some(places), out);
            }
            places if field.normalize_output => write_decimal_normalized(*self, places, out),
            places => write_decimal(*self, places, out),
        }
        if field.coerce_to_string {
            out.push(b'"');
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.decimal(index)
    }

    fn to_stored(&self) -> Stored {
        Stored::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        <Decimal as Nullable>::null()
    }
}

impl Bounded for Decimal {}
impl DecimalNumber for Decimal {}
