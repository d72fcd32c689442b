//! Numbers: integers, floats, decimals.

use std::borrow::Cow;
use std::cmp::Ordering;

use rust_decimal::Decimal;
use sea_orm::DbErr;
use sea_orm::sea_query::Nullable;

use super::coercion;
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::bounds::{check_bounds, too_large, too_small};
use crate::fields::options::{Coerced, DecimalNumber};
use crate::fields::{Bounded, Bounds, DbValue, Field, FieldDescription, FieldKind, SerializedRow};
use crate::text::numbers::{
    DecimalText, ParsedInt, Rounding, parse_decimal, parse_float, parse_integer_field, quantize,
    write_decimal, write_decimal_normalized, write_float,
};
use crate::text::unicode::strip;
use crate::value::Value;
use crate::value::json::json_text;

/// Longer input is not even looked at.
const MAX_STRING_LENGTH: usize = 1000;

fn check_input_length(input: &Value, field: &FieldDescription) -> Result<(), ValidationError> {
    match input {
        Value::String(text) if text.chars().count() > MAX_STRING_LENGTH => Err(too_long(field)),
        _ => Ok(()),
    }
}

fn too_long(field: &FieldDescription) -> ValidationError {
    field.fail("max_string_length", "String value too large.", &[])
}

macro_rules! integer {
    ($big:literal: $($type:ty),*) => {$(
        /// DRF's `IntegerField`, of 64 bits `BigIntegerField`. What the type cannot hold is beyond its `max_value` or `min_value`.
        impl Field for $type {
            type Source = $type;

            fn describe(field: &mut FieldDescription) {
                field.kind = FieldKind::Integer;
                field.big_integer = $big;
                field.range = Some((<$type>::MIN.into(), <$type>::MAX.into()));
            }

            fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
                let range = (i128::from(<$type>::MIN), i128::from(<$type>::MAX));
                let number = integer(input, field, range)?;
                <$type>::try_from(number).map_err(|_| too_large(field, &<$type>::MAX.to_string()))
            }

            fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
                check_bounds(field, errors, |limit| compare_integer((*self).into(), limit));
            }

            fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
                coercion::write(field, out, |out| write_integer((*self).into(), out));
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
                let number = row.int(index)?.map(<$type>::try_from).transpose();
                number.map_err(|error| DbErr::Type(error.to_string()))
            }

            fn write_cell(
                row: &SerializedRow<'_>,
                index: usize,
                field: &FieldDescription,
                out: &mut Vec<u8>,
            ) -> Result<(), DbErr> {
                match row.int(index)? {
                    Some(number) => coercion::write(field, out, |out| write_integer(number.into(), out)),
                    None => out.extend_from_slice(b"null"),
                }
                Ok(())
            }

            fn to_db_value(&self) -> DbValue {
                DbValue::Value((*self).into())
            }

            fn null() -> sea_orm::Value {
                <$type as Nullable>::null()
            }
        }

        impl Bounded for $type {}
    )*};
}
integer!(false: i8, i16, i32, u8, u16, u32);
integer!(true: i64);
impl Coerced for i64 {}

fn compare_integer(number: i64, limit: Bounds) -> Option<Ordering> {
    match limit {
        Bounds::Int(limit) => Some(number.cmp(&limit)),
        other => Some(Decimal::from(number).cmp(&other.as_decimal()?)),
    }
}

/// Returns an integer from input, as Python's `int(str(data))` reads it, within a range.
fn integer(input: &Value, field: &FieldDescription, range: (i128, i128)) -> Result<i64, ValidationError> {
    let parsed = match input {
        Value::Int(number) => ParsedInt::Small(*number),
        _ => parse_integer_field(&integer_text(input, field)?).ok_or_else(|| not_an_integer(field))?,
    };
    // A limit of the field's own speaks before that of the type.
    let largest = || field.max_value.map_or_else(|| range.1.to_string(), Bounds::text);
    let smallest = || field.min_value.map_or_else(|| range.0.to_string(), Bounds::text);
    match parsed {
        ParsedInt::Small(number) if i128::from(number) > range.1 => Err(too_large(field, &largest())),
        ParsedInt::Small(number) if i128::from(number) < range.0 => Err(too_small(field, &smallest())),
        ParsedInt::Small(number) => Ok(number),
        ParsedInt::Big(digits) if digits.starts_with('-') => Err(too_small(field, &smallest())),
        ParsedInt::Big(_) => Err(too_large(field, &largest())),
    }
}

/// Returns the text of what may be an integer.
pub(in crate::fields) fn integer_text<'i>(
    input: &'i Value,
    field: &FieldDescription,
) -> Result<Cow<'i, str>, ValidationError> {
    check_input_length(input, field)?;
    match input {
        Value::String(text) => Ok(Cow::Borrowed(text)),
        Value::Int(_) | Value::BigInt(_) | Value::Float(_) => Ok(Cow::Owned(json_text(input))),
        _ => Err(not_an_integer(field)),
    }
}

pub(in crate::fields) fn not_an_integer(field: &FieldDescription) -> ValidationError {
    let message =
        if field.big_integer { "A valid biginteger is required." } else { "A valid integer is required." };
    field.fail("invalid", message, &[])
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
                match number.map(|number| number as $type) {
                    Some(number) if number.is_finite() => Ok(number),
                    Some(_) if matches!(input, Value::BigInt(_)) => {
                        Err(field.fail("overflow", "Integer value too large to convert to float", &[]))
                    }
                    _ => Err(field.fail("invalid", "A valid number is required.", &[])),
                }
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

            fn to_db_value(&self) -> DbValue {
                DbValue::Value((*self).into())
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
        let invalid = || field.fail("invalid", "A valid number is required.", &[]);
        let text = input.to_python_str();
        let text = strip(&text);
        if text.chars().count() > MAX_STRING_LENGTH {
            return Err(too_long(field));
        }
        let digits = parse_decimal(text).ok_or_else(invalid)?;
        validate_precision(&digits, field)?;
        digits.to_decimal().ok_or_else(invalid)
    }

    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        check_bounds(field, errors, |limit| Some(self.cmp(&limit.as_decimal()?)));
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        if field.coerce_to_string.unwrap_or(true) {
            out.push(b'"');
            write_quantized(*self, field, out);
            out.push(b'"');
        } else {
            let start = out.len();
            write_quantized(*self, field, out);
            write_as_float(start, out);
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.decimal(index)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        <Decimal as Nullable>::null()
    }
}

impl Bounded for Decimal {}
impl DecimalNumber for Decimal {}
impl Coerced for Decimal {}

/// Writes a decimal number with the places of its field, without quotes.
fn write_quantized(number: Decimal, field: &FieldDescription, out: &mut Vec<u8>) {
    let places = field.decimal_places;
    let number = match places {
        Some(places) if field.rounding != Rounding::HalfEven => quantize(number, places, field.rounding),
        _ => number,
    };
    match field.normalize_output {
        true => write_decimal_normalized(number, places, out),
        false => write_decimal(number, places, out),
    }
}

/// Writes the digits at the end of the output again, as the float that DRF's encoder makes of a `Decimal`.
fn write_as_float(start: usize, out: &mut Vec<u8>) {
    let float = std::str::from_utf8(&out[start..]).ok().and_then(|digits| digits.parse().ok());
    if let Some(float) = float {
        out.truncate(start);
        write_float(float, out);
    }
}

/// Digits and places of a decimal number. DRF's `DecimalField.validate_precision`.
fn validate_precision(digits: &DecimalText, field: &FieldDescription) -> Result<(), ValidationError> {
    let exceeds = |found: u64, most: Option<u32>| most.filter(|most| found > u64::from(*most));
    if let Some(max) = exceeds(digits.total_digits(), field.max_digits) {
        let message = "Ensure that there are no more than {max_digits} digits in total.";
        return Err(field.fail("max_digits", message, &[("max_digits", &max.to_string())]));
    }
    if let Some(max) = exceeds(digits.decimal_places(), field.decimal_places) {
        let message = "Ensure that there are no more than {max_decimal_places} decimal places.";
        return Err(field.fail("max_decimal_places", message, &[("max_decimal_places", &max.to_string())]));
    }
    let whole = field.max_digits.zip(field.decimal_places).map(|(all, places)| all.saturating_sub(places));
    if let Some(max) = exceeds(digits.whole_digits(), whole) {
        let message =
            "Ensure that there are no more than {max_whole_digits} digits before the decimal point.";
        return Err(field.fail("max_whole_digits", message, &[("max_whole_digits", &max.to_string())]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::tests::{answer, described};

    #[test]
    fn floats_that_are_too_large() {
        let field = described::<f64>();
        let overflow = r#"! ["Integer value too large to convert to float"]"#;
        let invalid = r#"! ["A valid number is required."]"#;
        assert_eq!(answer::<f64>(&"9".repeat(400), &field), overflow);
        assert_eq!(answer::<f64>(&format!("\"{}\"", "9".repeat(400)), &field), invalid);
        assert_eq!(answer::<f64>(r#""1e400""#, &field), invalid);
        assert_eq!(answer::<f64>("true", &field), "1.0");
        assert_eq!(answer::<f64>(r#""1_0""#, &field), "10.0");
    }

    #[test]
    fn the_length_of_a_decimal_number_is_limited_without_space() {
        let field = described::<Decimal>();
        let long = r#"! ["String value too large."]"#;
        assert_eq!(answer::<Decimal>(&"1".repeat(1001), &field), long);
        assert_eq!(answer::<Decimal>(&format!("\"{}1\"", " ".repeat(1001)), &field), r#""1""#);
        assert_eq!(answer::<Decimal>(r#"" 1.500 ""#, &field), r#""1.500""#);
    }

    #[test]
    fn limits_of_decimal_numbers_are_exact() {
        let mut field = described::<Decimal>();
        (field.min_value, field.max_value) = (Some(0.1.into()), Some(Decimal::new(1050, 2).into()));
        assert_eq!(answer::<Decimal>(r#""0.1""#, &field), r#""0.1""#);
        assert_eq!(answer::<Decimal>(r#""10.5""#, &field), r#""10.5""#);
        let small = r#"! ["Ensure this value is greater than or equal to 0.1."]"#;
        assert_eq!(answer::<Decimal>(r#""0.09999999999999999999""#, &field), small);
        let large = r#"! ["Ensure this value is less than or equal to 10.50."]"#;
        assert_eq!(answer::<Decimal>(r#""10.5000000001""#, &field), large);
    }
}
