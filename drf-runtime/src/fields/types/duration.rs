use chrono::TimeDelta;
use sea_orm::DbErr;

use super::time::{ISO_8601, wrong_format};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::bounds::check_bounds;
use crate::fields::options::Formatted;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind};
use crate::text::dates::{self, DurationError};
use crate::value::Value;

/// DRF's `DurationField`: `[DD] [HH:[MM:]]ss[.uuuuuu]` in, the same or ISO 8601 (`format = "iso-8601"`) out. DbValue as
/// microseconds, as Django stores it where the database has no intervals. `min_value` and `max_value` are `TimeDelta`s or seconds.
impl Field for TimeDelta {
    type Source = i64;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Duration;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let format = "[DD] [HH:[MM:]]ss[.uuuuuu]";
        let overflow = |least: &str, most: &str| {
            let message = "The number of days must be between {min_days} and {max_days}.";
            field.fail("overflow", message, &[("min_days", least), ("max_days", most)])
        };
        let duration = dates::parse_duration(&input.to_python_str()).map_err(|error| match error {
            DurationError::Malformed => wrong_format(field, "Duration", format),
            DurationError::Overflow => overflow("-999999999", "999999999"),
        })?;
        // It is stored as microseconds in 64 bits, which Python's `timedelta` exceeds.
        match duration.num_microseconds() {
            Some(_) => Ok(duration),
            None => Err(overflow("-106751991", "106751991")),
        }
    }

    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        check_bounds(field, errors, |limit| Some(self.cmp(&limit.as_duration())));
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        out.push(b'"');
        match field.format {
            Some(ISO_8601) => dates::write_duration_iso(*self, out),
            _ => dates::write_duration(*self, out),
        }
        out.push(b'"');
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(row.int(index)?.map(TimeDelta::microseconds))
    }

    fn to_db_value(&self) -> DbValue {
        // input is within the range; a value of a hook's beyond it is as large as there is
        let most = if *self < TimeDelta::zero() { i64::MIN } else { i64::MAX };
        DbValue::Value(self.num_microseconds().unwrap_or(most).into())
    }

    fn null() -> sea_orm::Value {
        sea_orm::Value::BigInt(None)
    }
}

impl Formatted for TimeDelta {
    const FORMATS: &'static [&'static str] = &["django", ISO_8601];
}
impl crate::fields::Bounded for TimeDelta {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Bounds;
    use crate::fields::tests::{answer, described};

    #[test]
    fn limits_are_shown_as_python_shows_them() {
        let mut field = described::<TimeDelta>();
        (field.min_value, field.max_value) =
            (Some(Bounds::from(60).of_kind(field.kind)), Some(TimeDelta::hours(49).into()));
        assert_eq!(answer::<TimeDelta>("60", &field), r#""00:01:00""#);
        let small = r#"! ["Ensure this value is greater than or equal to 0:01:00."]"#;
        assert_eq!(answer::<TimeDelta>(r#""59.999999""#, &field), small);
        let large = r#"! ["Ensure this value is less than or equal to 2 days, 1:00:00."]"#;
        assert_eq!(answer::<TimeDelta>(r#""2 01:00:00.000001""#, &field), large);
    }
}
