//! Integers of any size.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use num_bigint::{BigInt, ParseBigIntError};
use rust_decimal::prelude::ToPrimitive;
use sea_orm::DbErr;

use super::number::{integer_text, not_an_integer};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::bounds::check_bounds;
use crate::fields::options::Coerced;
use crate::fields::{Bounded, Bounds, DbValue, Field, FieldDescription, FieldKind};
use crate::text::numbers::{ParsedInt, parse_integer_field};
use crate::value::Value;
use crate::value::json::write_string;

/// An integer of any size, as Python's are. DRF's `IntegerField` where there is no column to limit it.
///
/// It is output as a number. Text of more than 1000 characters is refused unread. Options: `min_value`, `max_value`. Errors:
/// `invalid`, `max_string_length`, `min_value`, `max_value`. In a table it is stored as text.
///
/// ```
/// use drf::fields::Integer;
///
/// let number: Integer = "123456789012345678901234567890".parse()?;
/// assert!(number > Integer::from(i64::MAX));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Integer(pub BigInt);

impl Field for Integer {
    type Source = String;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Integer;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let text = integer_text(input, field)?;
        match parse_integer_field(&text) {
            Some(ParsedInt::Small(number)) => Ok(number.into()),
            Some(ParsedInt::Big(digits)) => digits.parse().map_err(|_| not_an_integer(field)),
            None => Err(not_an_integer(field)),
        }
    }

    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        check_bounds(field, errors, |limit| self.compare(limit));
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        let digits = self.to_string();
        match field.coerce_to_string {
            Some(true) => write_string(&digits, out),
            _ => out.extend_from_slice(digits.as_bytes()),
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        let number = row.text(index)?.map(str::parse).transpose();
        number.map_err(|error: ParseBigIntError| DbErr::Type(error.to_string()))
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value(self.to_string().into())
    }
}

impl Bounded for Integer {}
impl Coerced for Integer {}

impl Integer {
    fn compare(&self, limit: Bounds) -> Option<Ordering> {
        match limit {
            Bounds::Int(limit) => Some(self.0.cmp(&limit.into())),
            other => self.0.to_f64()?.partial_cmp(&other.as_f64()),
        }
    }
}

impl From<i64> for Integer {
    fn from(number: i64) -> Self {
        Self(number.into())
    }
}

impl FromStr for Integer {
    type Err = ParseBigIntError;

    fn from_str(digits: &str) -> Result<Self, Self::Err> {
        digits.parse().map(Self)
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::tests::{answer, described};

    #[test]
    fn integers_have_any_size() {
        let field = described::<Integer>();
        let big = "1".repeat(1200);
        let cases = [
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            (r#""-9223372036854775809""#, "-9223372036854775809"),
            (r#""1_000""#, "1000"),
            (r#""1.0""#, "1"),
            ("1.0", "1"),
            ("1e20", r#"! ["A valid integer is required."]"#),
            ("1.5", r#"! ["A valid integer is required."]"#),
            ("true", r#"! ["A valid integer is required."]"#),
            ("[]", r#"! ["A valid integer is required."]"#),
            (&big, &big),
        ];
        for (input, expected) in cases {
            assert_eq!(answer::<Integer>(input, &field), expected, "{input}");
        }
        let expected = r#"! ["String value too large."]"#;
        assert_eq!(answer::<Integer>(&format!("\"{}\"", "1".repeat(1001)), &field), expected);
    }

    #[test]
    fn limits_hold_for_every_size() {
        let mut field = described::<Integer>();
        field.max_value = Some(i64::MAX.into());
        field.min_value = Some((-5.5).into());
        let expected = r#"! ["Ensure this value is less than or equal to 9223372036854775807."]"#;
        assert_eq!(answer::<Integer>("9223372036854775808", &field), expected);
        assert_eq!(answer::<Integer>("9223372036854775807", &field), "9223372036854775807");
        let expected = r#"! ["Ensure this value is greater than or equal to -5.5."]"#;
        assert_eq!(answer::<Integer>("-1000000000000000000000000", &field), expected);
        assert_eq!(answer::<Integer>("-5", &field), "-5");
    }
}
