use chrono::TimeDelta;
use sea_orm::DbErr;

use super::options::Formatted;
use super::time::{ISO_8601, wrong_format};
use super::{Bounds, Field, FieldDescription, FieldKind, Stored};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::text::dates::{self, DurationError};
use crate::value::Value;

/// DRF's `DurationField`: `[DD] [HH:[MM:]]ss[.uuuuuu]` in, the same or ISO 8601 (`format = "iso-8601"`) out. Stored as
/// microseconds, as Django stores it where the database has no intervals. `min_value` and `max_value` are in seconds.
impl Field for TimeDelta {
    type Source = i64;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Duration;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let format = "[DD] [HH:[MM:]]ss[.uuuuuu]";
        dates::parse_duration(&input.to_python_str()).map_err(|error| match error {
            DurationError::Malformed => wrong_format(field, "Duration", format),
            DurationError::Overflow => {
                let message = "The number of days must be between {min_days} and {max_days}.";
                field.fail("overflow", message, &[("min_days", "-999999999"), ("max_days", "999999999")])
            }
        })
    }

    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        let micros = |bounds: Bounds| (bounds.as_f64() * 1e6) as i64;
        let own = self.num_microseconds().unwrap_or(i64::MAX);
        if let Some(max) = field.max_value.map(micros).filter(|max| own > *max) {
            let message = "Ensure this value is less than or equal to {max_value}.";
            errors.push(field.fail("max_value", message, &[("max_value", &duration_text(max))]));
        }
        if let Some(min) = field.min_value.map(micros).filter(|min| own < *min) {
            let message = "Ensure this value is greater than or equal to {min_value}.";
            errors.push(field.fail("min_value", message, &[("min_value", &duration_text(min))]));
        }
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

    fn to_stored(&self) -> Stored {
        Stored::Value(self.num_microseconds().unwrap_or(i64::MAX).into())
    }

    fn null() -> sea_orm::Value {
        sea_orm::Value::BigInt(None)
    }
}

impl Formatted for TimeDelta {}
impl super::Bounded for TimeDelta {}

/// Python's `str(timedelta)` for what fits into a day, as the messages show limits: `0:01:00`.
fn duration_text(micros: i64) -> String {
    let seconds = micros / 1_000_000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
