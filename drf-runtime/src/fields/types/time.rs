//! Dates and times.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use sea_orm::DbErr;
use sea_orm::sea_query::Nullable;

use super::zone::{localize, write_in_zone};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::options::{Formatted, Zoned};
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, SerializedRow};
use crate::text::dates::{self, Moment};
use crate::value::Value;
use crate::value::json::write_string;

pub(in crate::fields) fn wrong_format(field: &FieldDescription, what: &str, iso: &str) -> ValidationError {
    let message = format!("{what} has wrong format. Use one of these formats instead: {{format}}.");
    let humanized = |format: &&'static str| if is_iso(format) { iso.to_owned() } else { humanize(format) };
    let formats: Vec<String> = field.input_formats.iter().map(|(text, _)| humanized(text)).collect();
    let formats = if formats.is_empty() { iso.to_owned() } else { formats.join(", ") };
    field.fail("invalid", &message, &[("format", &formats)])
}

/// The name of the format that is meant where none is given.
pub(in crate::fields) const ISO_8601: &str = "iso-8601";

fn is_iso(format: &str) -> bool {
    format.eq_ignore_ascii_case(ISO_8601)
}

/// Returns the format of the output, where it is not ISO 8601.
fn strftime(field: &FieldDescription) -> Option<&'static str> {
    field.format.filter(|format| !is_iso(format))
}

/// DRF's `humanize_strptime`: `%d.%m.%Y` is `DD.MM.YYYY`.
fn humanize(format: &str) -> String {
    let words = [
        ("%Y", "YYYY"),
        ("%y", "YY"),
        ("%m", "MM"),
        ("%b", "[Jan-Dec]"),
        ("%B", "[January-December]"),
        ("%d", "DD"),
        ("%H", "hh"),
        ("%I", "hh"),
        ("%M", "mm"),
        ("%S", "ss"),
        ("%f", "uuuuuu"),
        ("%a", "[Mon-Sun]"),
        ("%A", "[Monday-Sunday]"),
        ("%p", "[AM|PM]"),
        ("%z", "[+HHMM|-HHMM]"),
    ];
    words.iter().fold(format.to_owned(), |text, (directive, word)| text.replace(directive, word))
}

/// Returns text as one of the formats of a field, or in ISO 8601 where it has none.
fn parse_formats<T>(
    text: &str,
    field: &FieldDescription,
    iso: impl Fn(&str) -> Option<T>,
    of: impl Fn(Moment) -> T,
) -> Option<T> {
    if field.input_formats.is_empty() {
        return iso(text);
    }
    field.input_formats.iter().find_map(|(name, format)| match is_iso(name) {
        true => iso(text),
        false => format.parse(text).map(&of),
    })
}

/// Writes with `strftime`, in quotes.
pub(in crate::fields) fn write_formatted(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let mut text = Vec::new();
    write(&mut text);
    write_string(&String::from_utf8_lossy(&text), out);
}

const UTC: dates::Zone<'static> = dates::Zone { offset: 0, name: "UTC" };

/// DRF's `DateField`, in ISO 8601 unless `format` and `input_formats` say otherwise.
impl Field for NaiveDate {
    type Source = NaiveDate;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Date;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let iso = |text: &str| dates::parse_date(text).ok();
        let parsed =
            input.as_str().and_then(|text| parse_formats(text, field, iso, |moment| moment.local().date()));
        parsed.ok_or_else(|| wrong_format(field, "Date", "YYYY-MM-DD"))
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        match strftime(field) {
            Some(format) => write_formatted(out, |out| dates::format_date(*self, format, out)),
            None => {
                out.push(b'"');
                dates::write_date(*self, out);
                out.push(b'"');
            }
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.date(index)
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        if let Some(text) =
            row.db_text(index).filter(|text| strftime(field).is_none() && is_date(text.as_bytes()))
        {
            out.push(b'"');
            out.extend_from_slice(text.as_bytes());
            out.push(b'"');
            return Ok(());
        }
        match Self::read(row, index)? {
            Some(date) => date.to_representation(field, out),
            None => out.extend_from_slice(b"null"),
        }
        Ok(())
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        <Self as Nullable>::null()
    }
}

/// DRF's `DateTimeField`, in ISO 8601 and UTC, unless `format` and `default_timezone` say otherwise.
///
/// With a `default_timezone`, input without an offset is of that zone, and output is in it. What the clocks of the zone
/// leave out or show twice has the offset before the change. Errors: `invalid`, and `overflow` outside of the years 1 to
/// 9999.
impl Field for DateTime<Utc> {
    type Source = DateTime<Utc>;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::DateTime;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        parse(input, field).map(|time| time.to_utc())
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        match (field.timezone, strftime(field)) {
            (Some(zone), format) => write_in_zone(*self, zone, format, out),
            (None, Some(format)) => {
                write_formatted(out, |out| dates::format_datetime(self.naive_utc(), Some(UTC), format, out));
            }
            (None, None) => {
                out.push(b'"');
                dates::write_datetime(self.fixed_offset(), out);
                out.push(b'"');
            }
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.datetime(index)
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        if let Some(text) = row.db_text(index).filter(|text| {
            field.timezone.is_none() && strftime(field).is_none() && is_django_datetime(text.as_bytes())
        }) {
            let (date, time) = text.split_at(10);
            out.push(b'"');
            out.extend_from_slice(date.as_bytes());
            out.push(b'T');
            out.extend_from_slice(&time.as_bytes()[1..]);
            out.extend_from_slice(b"Z\"");
            return Ok(());
        }
        match Self::read(row, index)? {
            Some(time) => time.to_representation(field, out),
            None => out.extend_from_slice(b"null"),
        }
        Ok(())
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        <Self as Nullable>::null()
    }
}

/// DRF's `DateTimeField` for a column that keeps the offset.
impl Field for DateTime<FixedOffset> {
    type Source = DateTime<FixedOffset>;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::DateTime;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        parse(input, field)
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        self.to_utc().to_representation(field, out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(row.datetime(index)?.map(|time| time.fixed_offset()))
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        <Self as Nullable>::null()
    }
}

/// DRF's `DateTimeField` with `USE_TZ = False`: a date and time without a zone.
impl Field for NaiveDateTime {
    type Source = NaiveDateTime;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::DateTime;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        parse(input, field).map(|time| time.naive_utc())
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        match strftime(field) {
            Some(format) => write_formatted(out, |out| dates::format_datetime(*self, None, format, out)),
            None => {
                out.push(b'"');
                dates::write_naive_datetime(*self, out);
                out.push(b'"');
            }
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.naive_datetime(index)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        <Self as Nullable>::null()
    }
}

fn parse(input: &Value, field: &FieldDescription) -> Result<DateTime<FixedOffset>, ValidationError> {
    let formats = "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]";
    let iso = |text: &str| dates::parse_datetime(text).ok();
    let parsed = input.as_str().and_then(|text| parse_formats(text, field, iso, |moment| moment));
    let moment = parsed.ok_or_else(|| wrong_format(field, "Datetime", formats))?;
    let time = enforce_timezone(moment, field.timezone);
    time.ok_or_else(|| field.fail("overflow", "Datetime value out of range.", &[]))
}

/// Returns the time with an offset, that of the zone if there is one; `None` if Python cannot say it.
fn enforce_timezone(moment: Moment, zone: Option<Tz>) -> Option<DateTime<FixedOffset>> {
    let time = match (moment, zone) {
        (Moment::Aware(time), None) => time,
        (Moment::Aware(time), Some(zone)) => time.with_timezone(&zone).fixed_offset(),
        (Moment::Naive(time), None) => time.and_utc().fixed_offset(),
        (Moment::Naive(time), Some(zone)) => localize(time, zone)?,
    };
    let local = zone.is_none() || dates::in_python_range(time.naive_local().date());
    (local && dates::in_python_range(time.naive_utc().date())).then_some(time)
}

/// DRF's `TimeField`, in ISO 8601.
impl Field for NaiveTime {
    type Source = NaiveTime;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Time;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let iso = |text: &str| dates::parse_time(text).ok();
        let parsed =
            input.as_str().and_then(|text| parse_formats(text, field, iso, |moment| moment.local().time()));
        parsed.ok_or_else(|| wrong_format(field, "Time", "hh:mm[:ss[.uuuuuu]]"))
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        match strftime(field) {
            Some(format) => write_formatted(out, |out| dates::format_time(*self, format, out)),
            None => {
                out.push(b'"');
                dates::write_time(*self, out);
                out.push(b'"');
            }
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.time(index)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        <Self as Nullable>::null()
    }
}

/// `2024-02-29`, as far as its shape goes.
fn is_date(text: &[u8]) -> bool {
    text.len() == 10 && matches_shape(text, b"0000-00-00")
}

/// `2024-02-29 10:00:00` with or without six digits of microseconds: how Django writes to SQLite.
fn is_django_datetime(text: &[u8]) -> bool {
    match text.len() {
        19 => matches_shape(text, b"0000-00-00 00:00:00"),
        26 => matches_shape(text, b"0000-00-00 00:00:00.000000"),
        _ => false,
    }
}

fn matches_shape(text: &[u8], shape: &[u8]) -> bool {
    text.iter()
        .zip(shape)
        .all(|(byte, wanted)| if *wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted })
}

impl Formatted for NaiveDate {}
impl Formatted for NaiveTime {}
impl Formatted for NaiveDateTime {}
impl Formatted for DateTime<Utc> {}
impl Formatted for DateTime<FixedOffset> {}
impl Zoned for DateTime<Utc> {}
impl Zoned for DateTime<FixedOffset> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::tests::{answer, described};

    fn check(field: &FieldDescription, cases: &[(&str, &str)]) {
        for (input, expected) in cases {
            assert_eq!(answer::<DateTime<Utc>>(&format!("\"{input}\""), field), *expected, "{input}");
        }
    }

    #[test]
    fn a_zone_of_ones_own() {
        let mut field = described::<DateTime<Utc>>();
        field.timezone = Some(Tz::Europe__Berlin);
        let cases = [
            ("2024-01-01T10:00:00", r#""2024-01-01T10:00:00+01:00""#),
            ("2024-07-01T10:00:00Z", r#""2024-07-01T12:00:00+02:00""#),
            ("2024-10-27T02:30:00", r#""2024-10-27T02:30:00+02:00""#),
            ("2024-10-27T01:30:00Z", r#""2024-10-27T02:30:00+01:00""#),
            ("2024-03-31T02:30:00", r#""2024-03-31T03:30:00+02:00""#),
            ("1800-01-01T00:00:00", r#""1800-01-01T00:00:00+00:53:28""#),
            ("0001-01-01T00:30:00Z", r#""0001-01-01T01:23:28+00:53:28""#),
            ("9999-12-31T23:30:00Z", r#"! ["Datetime value out of range."]"#),
            ("0001-01-01T00:00:00", r#"! ["Datetime value out of range."]"#),
        ];
        check(&field, &cases);
        field.format = Some("%Y-%m-%d %H:%M %Z %z");
        check(&field, &[("2024-01-01T10:00:00Z", r#""2024-01-01 11:00 CET +0100""#)]);
    }

    #[test]
    fn the_years_are_those_of_python() {
        let field = described::<DateTime<Utc>>();
        let cases = [
            ("0001-01-01T00:00:00+14:00", r#"! ["Datetime value out of range."]"#),
            ("9999-12-31T23:59:59-12:00", r#"! ["Datetime value out of range."]"#),
            ("9999-12-31T23:59:59Z", r#""9999-12-31T23:59:59Z""#),
        ];
        check(&field, &cases);
    }

    #[test]
    fn the_iso_format_has_a_name() {
        let mut field = described::<DateTime<Utc>>();
        field.format = Some("ISO-8601");
        check(&field, &[("2024-01-01T10:00:00Z", r#""2024-01-01T10:00:00Z""#)]);
    }
}
