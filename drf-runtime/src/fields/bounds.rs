//! Limits of numbers and durations.

use std::cmp::Ordering;

use chrono::TimeDelta;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{FieldDescription, FieldKind};
use crate::exceptions::ValidationError;
use crate::text::dates::python_duration;
use crate::text::numbers::write_float;

/// A limit of a number or of a duration: exact, and with the text in the message.
///
/// ```
/// use drf::fields::Bounds;
/// use drf::prelude::*;
///
/// assert_eq!(Bounds::from(5).text(), "5");
/// assert_eq!(Bounds::from(Decimal::new(1050, 2)).text(), "10.50");
/// assert_eq!(Bounds::from(chrono::TimeDelta::minutes(90)).text(), "1:30:00");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bounds {
    /// Of an integer
    Int(i64),
    /// Of a float
    Float(f64),
    /// Of a decimal number
    Decimal(Decimal),
    /// Of a duration
    Duration(TimeDelta),
}

impl Bounds {
    /// Returns the limit as Python prints it.
    pub fn text(self) -> String {
        match self {
            Bounds::Int(number) => number.to_string(),
            Bounds::Float(number) => {
                let mut out = Vec::new();
                write_float(number, &mut out);
                String::from_utf8(out).expect("digits are UTF-8")
            }
            Bounds::Decimal(number) => number.to_string(),
            Bounds::Duration(duration) => python_duration(duration),
        }
    }

    /// Returns the limit as a float; a duration in seconds.
    pub fn as_f64(self) -> f64 {
        match self {
            Bounds::Int(number) => number as f64,
            Bounds::Float(number) => number,
            Bounds::Decimal(number) => number.to_f64().unwrap_or(f64::NAN),
            Bounds::Duration(duration) => {
                duration.num_microseconds().map_or(f64::NAN, |micros| micros as f64 / 1e6)
            }
        }
    }

    /// Returns the limit as a decimal number: of a float, the digits in output.
    pub(super) fn as_decimal(self) -> Option<Decimal> {
        match self {
            Bounds::Int(number) => Some(number.into()),
            Bounds::Decimal(number) => Some(number),
            Bounds::Float(_) | Bounds::Duration(_) => {
                let text = self.text();
                text.parse().or_else(|_| Decimal::from_scientific(&text)).ok()
            }
        }
    }

    /// Returns the limit of a field of some kind: of durations, a number is one of seconds.
    pub(crate) fn of_kind(self, kind: FieldKind) -> Self {
        match kind {
            FieldKind::Duration => Bounds::Duration(self.as_duration()),
            _ => self,
        }
    }

    /// Returns the limit as a duration; a number is one of seconds.
    pub(super) fn as_duration(self) -> TimeDelta {
        match self {
            Bounds::Int(seconds) => TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX),
            Bounds::Duration(duration) => duration,
            Bounds::Float(_) | Bounds::Decimal(_) => {
                TimeDelta::microseconds((self.as_f64() * 1e6).round() as i64)
            }
        }
    }
}

macro_rules! bounds {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Bounds {
            fn from(number: $integer) -> Self {
                Bounds::Int(number.into())
            }
        }
    )*};
}
bounds!(i8, i16, i32, i64, u8, u16, u32);

impl From<f64> for Bounds {
    fn from(number: f64) -> Self {
        Bounds::Float(number)
    }
}

impl From<Decimal> for Bounds {
    fn from(number: Decimal) -> Self {
        Bounds::Decimal(number)
    }
}

impl From<TimeDelta> for Bounds {
    fn from(duration: TimeDelta) -> Self {
        Bounds::Duration(duration)
    }
}

/// Adds an error for each limit that a value is beyond; `compare` tells how it lies to a limit.
pub(super) fn check_bounds(
    field: &FieldDescription,
    errors: &mut Vec<ValidationError>,
    compare: impl Fn(Bounds) -> Option<Ordering>,
) {
    if let Some(max) = field.max_value.filter(|max| compare(*max).is_some_and(Ordering::is_gt)) {
        errors.push(too_large(field, &max.text()));
    }
    if let Some(min) = field.min_value.filter(|min| compare(*min).is_some_and(Ordering::is_lt)) {
        errors.push(too_small(field, &min.text()));
    }
}

pub(super) fn too_large(field: &FieldDescription, max: &str) -> ValidationError {
    let message = "Ensure this value is less than or equal to {max_value}.";
    field.fail("max_value", message, &[("max_value", max)])
}

pub(super) fn too_small(field: &FieldDescription, min: &str) -> ValidationError {
    let message = "Ensure this value is greater than or equal to {min_value}.";
    field.fail("min_value", message, &[("min_value", min)])
}
