//! The reading of one value. The fields of Django's forms, as django-filter uses them.

use std::sync::{Arc, LazyLock};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::db::DatePart;
use crate::exceptions::ValidationError;
use crate::fields::{BadKey, not_a_uuid};
use crate::lookups::{Cleaned, RelatedRows, check_null_characters, end_of_day};
use crate::text::dates::{DurationError, InputFormat, Moment, parse_datetime, parse_duration};
use crate::text::formats::parse_uuid;
use crate::text::numbers::{DecimalText, parse_decimal};
use crate::text::unicode::strip;

pub(super) const NOT_A_CHOICE: &str =
    "Select a valid choice. That choice is not one of the available choices.";

pub(super) type Read<T> = Result<T, ValidationError>;

/// The reading of one value.
#[derive(Debug, Clone)]
pub(super) enum FormField {
    Char,
    Number,
    Boolean,
    Choice(Arc<[String]>),
    Date,
    DateTime,
    Time,
    Duration,
    Uuid,
    Row(RelatedRows),
}

impl FormField {
    /// Returns how a parameter for a part of a date is read.
    pub(super) fn of_part(part: DatePart) -> Self {
        if part == DatePart::Date { FormField::Date } else { FormField::Number }
    }

    /// Reads a value; `None` if it is empty.
    pub(super) fn clean(&self, text: &str) -> Read<Option<Cleaned>> {
        let read = match self {
            FormField::Char => return char_field(text).map(Some),
            FormField::Boolean => return Ok(boolean(text).map(Cleaned::Boolean)),
            _ if text.is_empty() => return Ok(None),
            FormField::Number => Cleaned::Number(number(text)?),
            FormField::Choice(choices) => Cleaned::Text(choice(text, choices)?),
            FormField::Date => Cleaned::Date(date(text)?),
            FormField::DateTime => Cleaned::DateTime(datetime(text)?),
            FormField::Time => Cleaned::Time(time(text)?),
            FormField::Duration => Cleaned::Duration(duration(text)?),
            FormField::Uuid => return uuid(strip(text)),
            FormField::Row(rows) => Cleaned::Key(row(text, *rows)?),
        };
        Ok(Some(read))
    }
}

fn invalid(message: &str) -> ValidationError {
    ValidationError::new(message)
}

pub(super) fn not_among_choices(value: &str) -> ValidationError {
    let message = format!("Select a valid choice. {value} is not one of the available choices.");
    ValidationError::with_code(message, "invalid_choice")
}

fn char_field(text: &str) -> Read<Cleaned> {
    let text = strip(text);
    check_null_characters(text)?;
    Ok(Cleaned::Text(text.to_owned()))
}

/// django-filter's `BooleanWidget`: anything else is as if it was not there.
fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn number(text: &str) -> Read<DecimalText> {
    let number = parse_decimal(text).ok_or_else(|| invalid("Enter a number."))?;
    if is_huge(&number) {
        let message = "Ensure this value is less than or equal to 1e+50.";
        return Err(ValidationError::with_code(message, "max_value"));
    }
    Ok(number)
}

/// Returns whether it is above the `float` 1e50: django-filter's guard against numbers that take long to write.
fn is_huge(number: &DecimalText) -> bool {
    const LIMIT: &str = "100000000000000007629769841091887003294964970946560";
    let whole_digits = i64::try_from(number.digits.len()).unwrap_or(i64::MAX).saturating_add(number.exponent);
    let above = match whole_digits {
        ..=50 => false,
        51 => number.digits.as_str() > LIMIT,
        _ => true,
    };
    above && !number.negative && number.digits != "0"
}

fn choice(text: &str, choices: &[String]) -> Read<String> {
    if choices.iter().any(|choice| choice == text) {
        Ok(text.to_owned())
    } else {
        Err(not_among_choices(text))
    }
}

fn formats(formats: &[&str]) -> Vec<InputFormat> {
    formats.iter().filter_map(|format| InputFormat::new(format).ok()).collect()
}

/// Django's `DATE_INPUT_FORMATS` for English.
static DATE_FORMATS: LazyLock<Vec<InputFormat>> = LazyLock::new(|| {
    formats(&[
        "%Y-%m-%d",
        "%m/%d/%Y",
        "%m/%d/%y",
        "%b %d %Y",
        "%b %d, %Y",
        "%d %b %Y",
        "%d %b, %Y",
        "%B %d %Y",
        "%B %d, %Y",
        "%d %B %Y",
        "%d %B, %Y",
    ])
});

/// Django's `TIME_INPUT_FORMATS` for English.
static TIME_FORMATS: LazyLock<Vec<InputFormat>> =
    LazyLock::new(|| formats(&["%H:%M:%S", "%H:%M:%S.%f", "%H:%M"]));

fn by_formats(text: &str, formats: &[InputFormat]) -> Option<NaiveDateTime> {
    let text = strip(text);
    formats.iter().find_map(|format| format.parse(text)).map(|moment| moment.local())
}

fn date(text: &str) -> Read<NaiveDate> {
    let moment = by_formats(text, &DATE_FORMATS).ok_or_else(|| invalid("Enter a valid date."))?;
    Ok(moment.date())
}

fn time(text: &str) -> Read<NaiveTime> {
    let moment = by_formats(text, &TIME_FORMATS).ok_or_else(|| invalid("Enter a valid time."))?;
    Ok(moment.time())
}

/// Django's `DurationField`, which leaves white space where it is.
fn duration(text: &str) -> Read<TimeDelta> {
    parse_duration(text).map_err(|error| match error {
        DurationError::Malformed => invalid("Enter a valid duration."),
        DurationError::Overflow => {
            let message = "The number of days must be between -999999999 and 999999999.";
            ValidationError::with_code(message, "overflow")
        }
    })
}

/// `IsoDateTimeField`. What has no offset is in UTC.
fn datetime(text: &str) -> Read<NaiveDateTime> {
    let moment = parse_datetime(strip(text)).map_err(|_| invalid("Enter a valid date/time."))?;
    let utc = match moment {
        Moment::Aware(moment) => moment.naive_utc(),
        Moment::Naive(moment) => moment,
    };
    Ok(utc.clamp(first_moment(), last_moment()))
}

/// Returns the years of the databases are Python's; an offset can lead beyond them.
fn first_moment() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(1, 1, 1).expect("a date").and_time(NaiveTime::MIN)
}

fn last_moment() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(9999, 12, 31).expect("a date").and_time(end_of_day())
}

fn uuid(text: &str) -> Read<Option<Cleaned>> {
    if text.is_empty() {
        return Ok(None);
    }
    let uuid = parse_uuid(text).ok_or_else(|| invalid("Enter a valid UUID."))?;
    Ok(Some(Cleaned::Uuid(uuid)))
}

/// `ModelChoiceField`. Whether there is such a row is asked later.
fn row(text: &str, rows: RelatedRows) -> Read<sea_orm::Value> {
    check_null_characters(text)?;
    (rows.parse_key)(text).map_err(|why| match why {
        BadKey::Uuid => not_a_uuid(text),
        BadKey::Type | BadKey::Missing => ValidationError::with_code(NOT_A_CHOICE, "invalid_choice"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exceptions::Detail;

    fn message(error: &ValidationError) -> String {
        match &error.0 {
            Detail::List(list) => list.iter().map(ToString::to_string).collect(),
            other => other.to_string(),
        }
    }

    fn refusal(field: &FormField, text: &str) -> Option<String> {
        field.clean(text).err().map(|error| message(&error))
    }

    #[test]
    fn numbers() {
        for text in ["1", " 1.50 ", "-1e1000", "1_0", "１２", "1e50", "1E-400"] {
            assert_eq!(refusal(&FormField::Number, text), None, "{text}");
        }
        for text in ["abc", " ", "nan", "inf", "1,5", "0x1", "1\0"] {
            assert_eq!(refusal(&FormField::Number, text).as_deref(), Some("Enter a number."), "{text}");
        }
        for text in ["1.1e50", "1e51", "9e999999999999999999"] {
            let huge = "Ensure this value is less than or equal to 1e+50.";
            assert!(
                refusal(&FormField::Number, text)
                    .is_some_and(|found| found == huge || found == "Enter a number.")
            );
        }
    }

    #[test]
    fn booleans() {
        for (text, expected) in
            [("TRUE", Some(true)), ("0", Some(false)), ("on", None), ("", None), (" true", None)]
        {
            assert_eq!(boolean(text), expected, "{text}");
        }
    }

    #[test]
    fn dates_and_times() {
        let read = |text| date(text).ok().map(|date| date.to_string());
        assert_eq!(read(" 2024-2-9 ").as_deref(), Some("2024-02-09"));
        assert_eq!(read("02/09/24").as_deref(), Some("2024-02-09"));
        assert_eq!(read("Feb 9, 2024").as_deref(), Some("2024-02-09"));
        assert_eq!(read("20240209"), None);
        assert_eq!(time("9:05").ok(), NaiveTime::from_hms_opt(9, 5, 0));
        assert_eq!(time("9:05:00Z").ok(), None);
        assert_eq!((DATE_FORMATS.len(), TIME_FORMATS.len()), (11, 3));
    }

    #[test]
    fn points_in_time_stay_in_range() {
        let read = |text| datetime(text).ok().map(|moment| moment.to_string());
        assert_eq!(read("2024-03-01T01:00:00+08:00").as_deref(), Some("2024-02-29 17:00:00"));
        assert_eq!(read("2024-03-01").as_deref(), Some("2024-03-01 00:00:00"));
        assert_eq!(read("9999-12-31T23:00-10:00").as_deref(), Some("9999-12-31 23:59:59.999999"));
        assert_eq!(read("0001-01-01T00:00+10:00").as_deref(), Some("0001-01-01 00:00:00"));
        assert_eq!(read("10/25/2006 14:30"), None);
    }
}
