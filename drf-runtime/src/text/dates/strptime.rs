//! Python's `datetime.strptime`: input formats such as `%d/%m/%Y`.

use std::fmt;
use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use regex::{Captures, Regex};

use super::{Moment, Offset, date, in_python_range, time};
use crate::text::unicode::{ascii_digits, is_space};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A `strptime` format, compiled. Reading needs no more than one match of a regex.
#[derive(Debug, Clone)]
pub(crate) struct InputFormat(Regex);

/// A format that Python would refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FormatError {
    /// There is no such directive
    UnknownDirective(char),
    /// The format ends with `%`
    StrayPercent,
    /// A directive is there twice
    Repeated,
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FormatError::UnknownDirective(directive) => write!(f, "unknown directive `%{directive}`"),
            FormatError::StrayPercent => f.write_str("the format ends with a single `%`"),
            FormatError::Repeated => f.write_str("a directive can only be used once"),
        }
    }
}

impl std::error::Error for FormatError {}

impl InputFormat {
    /// Compiles a format.
    pub(crate) fn new(format: &str) -> Result<Self, FormatError> {
        let pattern = format!("^(?i:{})", pattern(format)?);
        // the only mistake left is a group that is defined twice
        Regex::new(&pattern).map(InputFormat).map_err(|_| FormatError::Repeated)
    }

    /// `datetime.strptime(text, format)`; `None` where it raises `ValueError`.
    ///
    /// What the format does not tell is that of 1900-01-01T00:00:00.
    pub(crate) fn parse(&self, text: &str) -> Option<Moment> {
        let captures = self.0.captures(text).filter(|captures| captures[0].len() == text.len())?;
        let fields = Fields(captures);
        let local = NaiveDateTime::new(fields.date()?, fields.time()?);
        match fields.text("z") {
            Some(offset) => parse_offset(offset)?.apply(local),
            None => Some(Moment::Naive(local)),
        }
    }
}

/// Returns the regex of a format.
fn pattern(format: &str) -> Result<String, FormatError> {
    let mut pattern = String::new();
    let mut rest = format.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '%' => pattern += &directive(rest.next().ok_or(FormatError::StrayPercent)?)?,
            _ if is_space(character) => {
                while rest.next_if(|next| is_space(*next)).is_some() {}
                pattern += r"[\s\x1c-\x1f]+";
            }
            _ => pattern += &regex::escape(character.encode_utf8(&mut [0; 4])),
        }
    }
    Ok(pattern)
}

/// Returns the regex of a directive, as in Python's `_strptime.TimeRE`.
fn directive(directive: char) -> Result<String, FormatError> {
    let numeric = match directive {
        'd' => r"3[0-1]|[1-2]\d|0[1-9]|[1-9]| [1-9]",
        'f' => "[0-9]{1,6}",
        'H' => r"2[0-3]|[0-1]\d|\d",
        'I' => "1[0-2]|0[1-9]|[1-9]",
        'G' | 'Y' => r"\d\d\d\d",
        'j' => r"36[0-6]|3[0-5]\d|[1-2]\d\d|0[1-9]\d|00[1-9]|[1-9]\d|0[1-9]|[1-9]",
        'm' => "1[0-2]|0[1-9]|[1-9]",
        'M' => r"[0-5]\d|\d",
        'S' => r"6[0-1]|[0-5]\d|\d",
        'U' | 'W' => r"5[0-3]|[0-4]\d|\d",
        'w' => "[0-6]",
        'u' => "[1-7]",
        'V' => r"5[0-3]|0[1-9]|[1-4]\d|\d",
        'y' => r"\d\d",
        'z' => r"[+-]\d\d:?[0-5]\d(?::?[0-5]\d(?:\.\d{1,6})?)?|(?-i:Z)",
        'p' => "am|pm",
        'Z' => "utc|gmt",
        _ => return named(directive),
    };
    Ok(format!("(?P<{directive}>{numeric})"))
}

/// Returns the regex of a directive for names or for several others.
fn named(directive: char) -> Result<String, FormatError> {
    let names = match directive {
        'A' => WEEKDAYS.join("|"),
        'a' => WEEKDAYS.map(abbreviated).join("|"),
        'B' => MONTHS.join("|"),
        'b' => MONTHS.map(abbreviated).join("|"),
        '%' => return Ok("%".to_owned()),
        'c' => return pattern("%a %b %d %H:%M:%S %Y"),
        'x' => return pattern("%m/%d/%y"),
        'X' => return pattern("%H:%M:%S"),
        unknown => return Err(FormatError::UnknownDirective(unknown)),
    };
    Ok(format!("(?P<{directive}>{names})"))
}

fn abbreviated(name: &'static str) -> &'static str {
    name.get(..3).unwrap_or(name)
}

/// The parts of a text, by directive.
struct Fields<'a>(Captures<'a>);

impl Fields<'_> {
    fn text(&self, directive: &str) -> Option<&str> {
        self.0.name(directive).map(|field| field.as_str())
    }

    fn number(&self, directive: &str) -> Option<u32> {
        ascii_digits(self.text(directive)?).trim().parse().ok()
    }

    /// Returns the position of the name in the list, from 0.
    fn name(&self, directive: &str, names: &[&'static str]) -> Option<u32> {
        let name = self.text(directive)?.to_lowercase();
        names.iter().position(|known| *known == name)?.try_into().ok()
    }

    /// Returns whether each name that is given is one. It may not be: a regex that ignores case takes `ſ` for an `s`.
    fn has_known_names(&self) -> bool {
        ["A", "a", "B", "b"].into_iter().all(|directive| self.text(directive).is_none_or(str::is_ascii))
    }

    fn time(&self) -> Option<chrono::NaiveTime> {
        let number = |directive| self.number(directive).unwrap_or(0);
        let hour = self.number("H").or_else(|| self.twelve_hour_clock());
        time(hour.unwrap_or(0), number("M"), number("S"), self.microsecond()?)
    }

    fn twelve_hour_clock(&self) -> Option<u32> {
        let hour = self.number("I")? % 12;
        let afternoon = self.text("p").is_some_and(|half| half.eq_ignore_ascii_case("pm"));
        Some(if afternoon { hour + 12 } else { hour })
    }

    fn microsecond(&self) -> Option<u32> {
        self.text("f").map_or(Some(0), |digits| format!("{digits:0<6}").parse().ok())
    }

    fn year(&self) -> Option<u32> {
        self.number("Y")
            .or_else(|| self.number("y").map(|year| if year <= 68 { 2000 + year } else { 1900 + year }))
    }

    fn month(&self) -> Option<u32> {
        let name = || self.name("B", &MONTHS).or_else(|| self.name("b", &MONTHS.map(abbreviated)));
        self.number("m").or_else(|| Some(name()? + 1))
    }

    /// Days since Monday.
    fn weekday(&self) -> Option<u32> {
        self.name("A", &WEEKDAYS)
            .or_else(|| self.name("a", &WEEKDAYS.map(abbreviated)))
            .or_else(|| self.number("w").map(|day| (day + 6) % 7))
            .or_else(|| self.number("u").map(|day| day - 1))
    }

    fn date(&self) -> Option<NaiveDate> {
        if !self.has_known_names() {
            return None;
        }
        let (iso_year, iso_week) = (self.number("G"), self.number("V"));
        match (self.year(), iso_year, iso_week) {
            (None, Some(year), Some(week)) if self.number("j").is_none() => {
                iso_date(year, week, self.weekday()?)
            }
            (None, Some(_), _) => None,
            (_, _, Some(_)) if self.number("U").or(self.number("W")).is_none() => None,
            (year, _, _) => self.calendar_date(year.unwrap_or(1900)),
        }
    }

    /// Returns the date by day of the year, or week and weekday, or month and day.
    fn calendar_date(&self, year: u32) -> Option<NaiveDate> {
        let new_year = date(year, 1, 1)?;
        if let Some(day) = self.number("j") {
            return new_year
                .checked_add_days(Days::new(u64::from(day) - 1))
                .filter(|date| in_python_range(*date));
        }
        match (self.weekday(), self.number("U"), self.number("W")) {
            (Some(weekday), Some(week), _) => date_of_week(new_year, week, (weekday + 1) % 7, Weekday::Sun),
            (Some(weekday), None, Some(week)) => date_of_week(new_year, week, weekday, Weekday::Mon),
            _ => date(year, self.month().unwrap_or(1), self.number("d").unwrap_or(1)),
        }
    }
}

/// Returns the day of a week of a year: week 1 begins with the year's first `start`, what is before it is week 0.
fn date_of_week(new_year: NaiveDate, week: u32, days_since_start: u32, start: Weekday) -> Option<NaiveDate> {
    let start_of_week_1 = (7 - new_year.weekday().days_since(start)) % 7;
    let days = i64::from(start_of_week_1) + 7 * (i64::from(week) - 1) + i64::from(days_since_start);
    // for a year that begins with week 1, Python takes week 0 for the same week
    let days = if week == 0 && start_of_week_1 == 0 { days + 7 } else { days };
    new_year.checked_add_signed(TimeDelta::days(days)).filter(|date| in_python_range(*date))
}

/// Returns the day of an ISO week; weeks that the year does not have run over into the next one.
fn iso_date(year: u32, week: u32, days_since_monday: u32) -> Option<NaiveDate> {
    let fourth = date(year, 1, 4)?;
    let days = 7 * (i64::from(week) - 1) + i64::from(days_since_monday)
        - i64::from(fourth.weekday().num_days_from_monday());
    fourth.checked_add_signed(TimeDelta::days(days)).filter(|date| in_python_range(*date))
}

/// `Z`, `+HHMM[SS[.ffffff]]` or `+HH:MM[:SS[.ffffff]]`; colons are all there or none is.
fn parse_offset(text: &str) -> Option<Offset> {
    let text = ascii_digits(text);
    let Some(clock) = text.strip_prefix(['+', '-']) else { return Some(Offset::default()) };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let digits = clock.replace(':', "");
    let colons = clock.len() - digits.len();
    if colons != 0 && colons + 1 != digits.len() / 2 {
        return None;
    }
    let unit = |range: Range<usize>| digits.get(range).map_or(Some(0), |unit| unit.parse::<i32>().ok());
    let seconds = unit(0..2)? * 3600 + unit(2..4)? * 60 + unit(4..6)?;
    let microseconds = format!("{fraction:0<6}").parse::<i32>().ok()?;
    let sign = if text.starts_with('-') { -1 } else { 1 };
    Some(Offset { seconds: sign * seconds, microseconds: sign * microseconds })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::dates::{write_datetime, write_naive_datetime};

    fn read(format: &str, text: &str) -> Option<String> {
        let mut out = Vec::new();
        match InputFormat::new(format).unwrap().parse(text)? {
            Moment::Aware(moment) => write_datetime(moment, &mut out),
            Moment::Naive(moment) => write_naive_datetime(moment, &mut out),
        }
        String::from_utf8(out).ok()
    }

    #[test]
    fn texts() {
        let cases = [
            ("%d/%m/%Y", "29/02/2024", Some("2024-02-29T00:00:00")),
            ("%d/%m/%Y", "9/2/2024", Some("2024-02-09T00:00:00")),
            ("%d/%m/%Y", "29/02/2023", None),
            ("%d/%m/%Y", "1/1/24", None),
            ("%d/%m/%Y", "01/01/2024 ", None),
            ("%d/%m/%Y", "０１/01/２０２４", None),
            ("%Y%m%d", "20240101", Some("2024-01-01T00:00:00")),
            ("%Y%m%d", "2024111", Some("2024-11-01T00:00:00")),
            ("%d.%m.%y", "1.1.68", Some("2068-01-01T00:00:00")),
            ("%d.%m.%y", "1.1.69", Some("1969-01-01T00:00:00")),
            ("%d %B %Y", "3 MARCH 2024", Some("2024-03-03T00:00:00")),
            ("%d %b %Y", "3   sep\n2024", Some("2024-09-03T00:00:00")),
            ("%d %b %Y", "3 ſep 2024", None),
            ("%b %d, %Y %I:%M %p", "Jan 05, 2024 12:30 AM", Some("2024-01-05T00:30:00")),
            ("%I %p", "12 PM", Some("1900-01-01T12:00:00")),
            ("%I %p", "11 pm", Some("1900-01-01T23:00:00")),
            ("%I", "12", Some("1900-01-01T00:00:00")),
            ("%I %p", "13 PM", None),
            ("%H:%M:%S.%f", "23:59:59.5", Some("1900-01-01T23:59:59.500000")),
            ("%H:%M:%S", "23:59:60", None),
            ("%Y %j", "2024 366", Some("2024-12-31T00:00:00")),
            ("%Y %j", "2023 366", Some("2024-01-01T00:00:00")),
            ("%Y %W %w", "2024 0 1", Some("2024-01-01T00:00:00")),
            ("%Y %U %a", "2023 0 Sun", Some("2023-01-01T00:00:00")),
            ("%G-W%V-%u", "2020-W53-7", Some("2021-01-03T00:00:00")),
            ("%G-W%V", "2020-W53", None),
            ("%Y %V %u", "2020 1 1", None),
            ("%A %d %b %Y", "Monday 2 Jan 2024", Some("2024-01-02T00:00:00")),
            ("%Y %z", "2024 +01:30", Some("2024-01-01T00:00:00+01:30")),
            ("%Y %z", "2024 -0030", Some("2024-01-01T00:00:00-00:30")),
            ("%Y %z", "2024 Z", Some("2024-01-01T00:00:00Z")),
            ("%Y %z", "2024 z", None),
            ("%Y %z", "2024 +01:3045", None),
            ("%Y %z", "2024 +0130:45", None),
            ("%Y %z", "2024 +01:30:45", Some("2024-01-01T00:00:00+01:30:45")),
            ("%Y %z", "2024 +24:00", None),
            ("%c", "Mon Jan 15 01:02:03 2024", Some("2024-01-15T01:02:03")),
            ("%x %X", "01/15/24 01:02:03", Some("2024-01-15T01:02:03")),
            ("100%% (%Y)", "100% (2024)", Some("2024-01-01T00:00:00")),
            ("%m/%d", "02/29", None),
            ("iso-8601", "ISO-8601", Some("1900-01-01T00:00:00")),
            ("%Y", "0000", None),
            ("%Y %Z", "2024 utc", Some("2024-01-01T00:00:00")),
        ];
        for (format, text, expected) in cases {
            assert_eq!(read(format, text).as_deref(), expected, "{format:?} {text:?}");
        }
    }

    #[test]
    fn every_directive_compiles() {
        for directive in "AaBbcdfGHIjMmpSUuVWwXxYyZz%".chars() {
            assert!(InputFormat::new(&format!("%{directive}")).is_ok(), "{directive}");
        }
    }

    #[test]
    fn bad_formats() {
        assert_eq!(InputFormat::new("%Y %Q").unwrap_err(), FormatError::UnknownDirective('Q'));
        assert_eq!(InputFormat::new("%Y %").unwrap_err(), FormatError::StrayPercent);
        assert_eq!(InputFormat::new("%Y %Y").unwrap_err(), FormatError::Repeated);
    }
}
