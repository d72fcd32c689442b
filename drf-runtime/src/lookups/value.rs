//! A parameter that was read, and the value of the database that it becomes.

#![allow(
    clippy::disallowed_methods,
    reason = "the form has checked the texts: they are numbers, and counts of digits fit"
)]

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use rust_decimal::Decimal;
use sea_orm::{DbBackend, Value};
use uuid::Uuid;

use super::kind::ValueKind;
use crate::db::{Storage, Unfit};
use crate::exceptions::ValidationError;
use crate::text::numbers::DecimalText;

/// A parameter, read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cleaned {
    Text(String),
    Number(DecimalText),
    Boolean(bool),
    Date(NaiveDate),
    /// In UTC
    DateTime(NaiveDateTime),
    Time(NaiveTime),
    Duration(TimeDelta),
    Uuid(Uuid),
    Key(Value),
}

/// The value that a column is compared with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operand {
    One(Cleaned),
    /// Of a list; what is left empty between commas is `None`
    Many(Vec<Option<Cleaned>>),
}

impl Operand {
    /// Returns the number of values.
    pub(crate) fn len(&self) -> usize {
        match self {
            Operand::One(_) => 1,
            Operand::Many(values) => values.len(),
        }
    }
}

/// A value of the database, or where a number is that the database does not know.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Bound {
    Below,
    Value(Value),
    Above,
    /// It is equal to no value of the column, and neither less nor more
    Nowhere,
}

impl Cleaned {
    /// Returns the parameter that a column of a kind is compared with.
    pub(crate) fn bound(&self, kind: ValueKind, storage: &Storage, backend: DbBackend) -> Bound {
        let value = match self.value(kind, backend) {
            Bound::Value(value) => value,
            beyond => return beyond,
        };
        match storage.bind(value) {
            Ok(parameter) => Bound::Value(parameter),
            Err(Unfit::Above(_)) => Bound::Above,
            Err(Unfit::Below(_)) => Bound::Below,
            Err(_) => Bound::Nowhere,
        }
    }

    /// Returns the value that a column of a kind, or a part of a date, is compared with.
    pub(crate) fn value(&self, kind: ValueKind, backend: DbBackend) -> Bound {
        let value = match (self, kind) {
            (Cleaned::Number(number), ValueKind::Integer) => return integer(number),
            (Cleaned::Number(number), ValueKind::SingleFloat) => Value::from(float(number) as f32),
            (Cleaned::Number(number), ValueKind::Decimal) => decimal(number, backend),
            (Cleaned::Number(number), _) => Value::from(float(number)),
            (Cleaned::Text(text), ValueKind::Integer) => Value::from(text.parse::<i64>().unwrap_or_default()),
            (Cleaned::Text(text), _) => Value::from(text.as_str()),
            (Cleaned::Boolean(boolean), _) => Value::from(*boolean),
            (Cleaned::Date(date), _) => Value::from(*date),
            (Cleaned::DateTime(time), _) => Value::from(*time),
            (Cleaned::Time(time), _) => Value::from(*time),
            (Cleaned::Duration(duration), _) => return microseconds(*duration),
            (Cleaned::Uuid(uuid), _) => Value::from(*uuid),
            (Cleaned::Key(key), _) => key.clone(),
        };
        Bound::Value(value)
    }
}

impl Cleaned {
    /// Returns the number as an integer, if it is one that fits.
    pub(crate) fn whole_number(&self) -> Option<i64> {
        let Cleaned::Number(number) = self else { return None };
        match integer(number) {
            Bound::Value(Value::BigInt(integer)) => integer,
            _ => None,
        }
    }
}

/// Python's `timedelta` has values that no column holds.
fn microseconds(duration: TimeDelta) -> Bound {
    let beyond = if duration < TimeDelta::zero() { Bound::Below } else { Bound::Above };
    duration.num_microseconds().map_or(beyond, |count| Bound::Value(Value::from(count)))
}

/// `int(number)`: what is after the point is cut off.
fn integer(number: &DecimalText) -> Bound {
    let beyond = if number.negative { Bound::Below } else { Bound::Above };
    let digits = match whole_digits(number) {
        _ if number.digits == "0" => return Bound::Value(Value::from(0_i64)),
        ..=0 => return Bound::Value(Value::from(0_i64)),
        count @ 1..=19 => {
            format!("{:0<width$}", number.digits, width = usize::try_from(count).unwrap_or_default())
        }
        _ => return beyond,
    };
    let digits = &digits[..usize::try_from(whole_digits(number)).unwrap_or_default()];
    let sign = if number.negative { "-" } else { "" };
    format!("{sign}{digits}").parse::<i64>().map_or(beyond, |integer| Bound::Value(Value::from(integer)))
}

/// Returns the number of digits before the point.
fn whole_digits(number: &DecimalText) -> i64 {
    i64::try_from(number.digits.len()).unwrap_or(i64::MAX).saturating_add(number.exponent)
}

fn float(number: &DecimalText) -> f64 {
    // the grammar is Rust's own
    let float: f64 = scientific(number).parse().unwrap_or_default();
    float.clamp(f64::MIN, f64::MAX)
}

fn scientific(number: &DecimalText) -> String {
    let sign = if number.negative { "-" } else { "" };
    match number.exponent {
        0 => format!("{sign}{}", number.digits),
        exponent => format!("{sign}{}E{exponent}", number.digits),
    }
}

/// SQLite makes of the text what the column's affinity says. Elsewhere what has no place is rounded.
fn decimal(number: &DecimalText, backend: DbBackend) -> Value {
    if backend == DbBackend::Sqlite {
        return Value::from(scientific(number));
    }
    let rounded = number.to_decimal().or_else(|| {
        let limit = if number.negative { Decimal::MIN } else { Decimal::MAX };
        match whole_digits(number) {
            // not nothing, but less than anything that is stored
            ..=-28 => Some(Decimal::new(if number.negative { -1 } else { 1 }, 28)),
            -27..=29 => plain(number).parse().ok().or(Some(limit)),
            _ => Some(limit),
        }
    });
    Value::from(rounded.unwrap_or_default())
}

/// Without an exponent; only for numbers that are neither large nor small.
fn plain(number: &DecimalText) -> String {
    let sign = if number.negative { "-" } else { "" };
    let whole = usize::try_from(whole_digits(number)).unwrap_or_default();
    let zeros = usize::try_from(-whole_digits(number)).unwrap_or_default();
    let digits = format!("{}{:0<whole$}", "0".repeat(zeros), number.digits);
    format!("{sign}0{}.{}0", &digits[..whole], &digits[whole..])
}

/// Returns the last microsecond of a day.
pub(crate) fn end_of_day() -> NaiveTime {
    NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).expect("a time")
}

/// Django's `ProhibitNullCharactersValidator`.
pub(crate) fn check_null_characters(text: &str) -> Result<(), ValidationError> {
    if text.contains('\0') {
        let message = "Null characters are not allowed.";
        return Err(ValidationError::with_code(message, "null_characters_not_allowed"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::numbers::parse_decimal;

    fn number(text: &str) -> DecimalText {
        parse_decimal(text).expect("a number")
    }

    #[test]
    fn integers_are_cut_off() {
        let cases = [
            ("0", Some(0)),
            ("0e99", Some(0)),
            ("1.9", Some(1)),
            ("-1.9", Some(-1)),
            ("0.9", Some(0)),
            ("1e-30", Some(0)),
            ("12e2", Some(1200)),
            ("9223372036854775807.5", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|integer: i64| Bound::Value(Value::from(integer)));
            assert_eq!(Some(integer(&number(text))), expected, "{text}");
        }
        assert_eq!(integer(&number("9223372036854775808")), Bound::Above);
        assert_eq!(integer(&number("-1e999999999999999999")), Bound::Below);
        assert_eq!(integer(&number("-1e-999999999999999999")), Bound::Value(Value::from(0_i64)));
    }

    #[test]
    fn floats_are_finite() {
        assert_eq!(float(&number("4.3")), 4.3);
        assert_eq!(float(&number("-1e1000")), f64::MIN);
        assert_eq!(float(&number("1e-1000")), 0.0);
    }

    #[test]
    fn decimals() {
        let of = |text: &str, backend| decimal(&number(text), backend);
        let exact = |text: &str| Value::from(text.parse::<Decimal>().expect("a decimal"));
        assert_eq!(of("9.99", DbBackend::Sqlite), Value::from("999E-2"));
        assert_eq!(of("-50", DbBackend::Sqlite), Value::from("-50"));
        assert_eq!(of("9.99", DbBackend::Postgres), exact("9.99"));
        assert_eq!(of("1e40", DbBackend::Postgres), Value::from(Decimal::MAX));
        assert_eq!(of("-8e28", DbBackend::Postgres), Value::from(Decimal::MIN));
        assert_eq!(of("-1e-999999999999", DbBackend::MySql), Value::from(Decimal::new(-1, 28)));
        assert_eq!(of("0e-99", DbBackend::MySql), exact("0.0000000000000000000000000000"));
        assert_eq!(
            of("0.12345678901234567890123456789012", DbBackend::MySql),
            exact("0.1234567890123456789012345679")
        );
        assert_eq!(
            of("123456789012345678901234567890e-3", DbBackend::MySql),
            exact("123456789012345678901234567.89")
        );
    }
}
