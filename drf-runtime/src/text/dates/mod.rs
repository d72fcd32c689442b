//! Dates, times and durations: what Django and DRF accept as input, and what they write.

mod duration;
mod input;
mod iso;
mod output;
mod strftime;
mod strptime;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

pub(crate) use duration::{
    DurationError, parse_duration, python_duration, write_duration, write_duration_iso,
};
pub(crate) use input::{parse_date, parse_datetime, parse_time};
pub(crate) use output::{write_date, write_datetime, write_naive_datetime, write_time};
pub(crate) use strftime::{Zone, format_date, format_datetime, format_time};
pub(crate) use strptime::InputFormat;

/// A date and time as a client wrote it: with or without an offset from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// It said how far from UTC it is
    Aware(DateTime<FixedOffset>),
    /// It did not
    Naive(NaiveDateTime),
}

impl Moment {
    /// Returns the date and time as they were written.
    pub(crate) fn local(&self) -> NaiveDateTime {
        match self {
            Moment::Aware(moment) => moment.naive_local(),
            Moment::Naive(moment) => *moment,
        }
    }
}

/// The reason why a text is no date or time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateError {
    /// It does not look like one. Django's parsers return `None`.
    Malformed,
    /// It looks like one, but there is no such day or hour. Django's parsers raise `ValueError`.
    OutOfRange,
}

/// Returns whether Python's `datetime` knows the year. Outside of it, DRF says "Datetime value out of range."
pub(crate) fn in_python_range(date: NaiveDate) -> bool {
    (1..=9999).contains(&date.year())
}

/// `datetime.date(year, month, day)`
fn date(year: u32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|date| in_python_range(*date))
}

/// `datetime.time(hour, minute, second, microsecond)`
fn time(hour: u32, minute: u32, second: u32, microsecond: u32) -> Option<NaiveTime> {
    // chrono takes larger values for a leap second, Python has none
    (microsecond < 1_000_000).then_some(())?;
    NaiveTime::from_hms_micro_opt(hour, minute, second, microsecond)
}

/// An offset from UTC. `datetime.timezone(timedelta(seconds=…, microseconds=…))`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Offset {
    seconds: i32,
    microseconds: i32,
}

impl Offset {
    /// Returns the moment with this offset; `None` if the offset has a day or more.
    ///
    /// chrono's offsets have whole seconds: the rest becomes part of the time, which keeps the point in time.
    fn apply(self, local: NaiveDateTime) -> Option<Moment> {
        let offset = FixedOffset::east_opt(self.seconds)?;
        let local = local - chrono::TimeDelta::microseconds(self.microseconds.into());
        local.and_local_timezone(offset).single().map(Moment::Aware)
    }
}
