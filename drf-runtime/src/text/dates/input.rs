//! `django.utils.dateparse`: the `iso-8601` input format.

use chrono::{NaiveDate, NaiveTime};

use super::{DateError, Moment, Offset, date, iso, time};
use crate::text::unicode::{ascii_digits, is_space};

/// `parse_date`: what `date.fromisoformat` reads, and months and days of one digit.
pub(crate) fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    if let Some(date) = iso::parse_date(text) {
        return Ok(date);
    }
    let text = ascii_digits(text);
    let mut scanner = Scanner(&text);
    let [year, month, day] = scanner.date().ok_or(DateError::Malformed)?;
    scanner.end().ok_or(DateError::Malformed)?;
    date(year, month, day).ok_or(DateError::OutOfRange)
}

/// `parse_time`: what `time.fromisoformat` reads without its offset, and numbers of one digit.
pub(crate) fn parse_time(text: &str) -> Result<NaiveTime, DateError> {
    if let Some(time) = iso::parse_time(text) {
        return Ok(time);
    }
    let text = ascii_digits(text);
    let mut scanner = Scanner(&text);
    let [hour, minute, second, microsecond] = scanner.time().ok_or(DateError::Malformed)?;
    scanner.end().ok_or(DateError::Malformed)?;
    time(hour, minute, second, microsecond).ok_or(DateError::OutOfRange)
}

/// `parse_datetime`: what `datetime.fromisoformat` reads, numbers of one digit, and space before the offset.
pub(crate) fn parse_datetime(text: &str) -> Result<Moment, DateError> {
    if let Some(moment) = iso::parse_datetime(text) {
        return Ok(moment);
    }
    let written = ParsedText::scan(&ascii_digits(text)).ok_or(DateError::Malformed)?;
    written.moment().ok_or(DateError::OutOfRange)
}

/// A date and time whose numbers are not checked yet.
struct ParsedText {
    date: [u32; 3],
    time: [u32; 4],
    offset: Option<Offset>,
}

impl ParsedText {
    fn scan(text: &str) -> Option<Self> {
        let mut scanner = Scanner(text);
        let date = scanner.date()?;
        scanner.one_of(&['T', ' '])?;
        let time = scanner.time()?;
        scanner.skip_space();
        // the space may have been the end of the line
        if scanner.0.is_empty() {
            return Some(ParsedText { date, time, offset: None });
        }
        let offset = scanner.offset()?;
        scanner.end()?;
        Some(ParsedText { date, time, offset: Some(offset) })
    }

    fn moment(&self) -> Option<Moment> {
        let [year, month, day] = self.date;
        let [hour, minute, second, microsecond] = self.time;
        let local = date(year, month, day)?.and_time(time(hour, minute, second, microsecond)?);
        self.offset.map_or(Some(Moment::Naive(local)), |offset| offset.apply(local))
    }
}

/// The rest of a text whose digits are ASCII.
struct Scanner<'a>(&'a str);

impl Scanner<'_> {
    /// `\d{4}-\d{1,2}-\d{1,2}`
    fn date(&mut self) -> Option<[u32; 3]> {
        let year = self.digits(4, 4)?;
        self.one_of(&['-'])?;
        let month = self.digits(1, 2)?;
        self.one_of(&['-'])?;
        Some([year, month, self.digits(1, 2)?])
    }

    /// `\d{1,2}:\d{1,2}(?::\d{1,2}(?:[.,]\d{1,6}\d{0,6})?)?`
    fn time(&mut self) -> Option<[u32; 4]> {
        let hour = self.digits(1, 2)?;
        self.one_of(&[':'])?;
        let minute = self.digits(1, 2)?;
        if self.one_of(&[':']).is_none() {
            return Some([hour, minute, 0, 0]);
        }
        let second = self.digits(1, 2)?;
        let microsecond = if self.one_of(&['.', ',']).is_some() { self.microsecond()? } else { 0 };
        Some([hour, minute, second, microsecond])
    }

    fn microsecond(&mut self) -> Option<u32> {
        let digits = self.digit_run(1, 12)?;
        let kept = digits.get(..6).unwrap_or(digits);
        format!("{kept:0<6}").parse().ok()
    }

    /// `Z|[+-]\d{2}(?::?\d{2})?`
    fn offset(&mut self) -> Option<Offset> {
        let sign = match self.one_of(&['Z', '+', '-'])? {
            'Z' => return Some(Offset::default()),
            '-' => -1,
            _ => 1,
        };
        let hours = self.digits(2, 2)?;
        let colon = self.one_of(&[':']).is_some();
        let minutes = match self.digits(2, 2) {
            None if colon => return None,
            minutes => minutes.unwrap_or(0),
        };
        let seconds = i32::try_from((hours * 60 + minutes) * 60).ok()?;
        Some(Offset { seconds: sign * seconds, microseconds: 0 })
    }

    fn digits(&mut self, least: usize, most: usize) -> Option<u32> {
        self.digit_run(least, most)?.parse().ok()
    }

    fn one_of(&mut self, characters: &[char]) -> Option<char> {
        let first = self.0.chars().next().filter(|first| characters.contains(first))?;
        self.0 = &self.0[first.len_utf8()..];
        Some(first)
    }

    fn skip_space(&mut self) {
        self.0 = self.0.trim_start_matches(is_space);
    }

    /// `$`: the end, or the end of the only line.
    fn end(&self) -> Option<()> {
        matches!(self.0, "" | "\n").then_some(())
    }
}

impl<'a> Scanner<'a> {
    fn digit_run(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let count = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(count).filter(|_| count >= least)?;
        self.0 = rest;
        Some(digits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::dates::{write_date, write_datetime, write_naive_datetime, write_time};
    use DateError::{Malformed, OutOfRange};

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn dates() {
        let cases = [
            ("2024-02-29", Ok("2024-02-29")),
            ("2023-02-29", Err(OutOfRange)),
            ("2024-2-9", Ok("2024-02-09")),
            ("20240229", Ok("2024-02-29")),
            ("2024-W09-4", Ok("2024-02-29")),
            ("2024W094", Ok("2024-02-29")),
            ("2024-W09", Ok("2024-02-26")),
            ("2024W09", Ok("2024-02-26")),
            ("2021-W53", Err(Malformed)),
            ("9999-W52-7", Err(Malformed)),
            ("0000-01-01", Err(OutOfRange)),
            ("2024-13-01", Err(OutOfRange)),
            ("２０２４-01-01", Ok("2024-01-01")),
            ("2024-01-01\n", Ok("2024-01-01")),
            ("2024-01-01 ", Err(Malformed)),
            ("2024-01-01T00:00", Err(Malformed)),
            ("20240101xx", Ok("2024-01-01")),
            ("01/02/2024", Err(Malformed)),
            ("today", Err(Malformed)),
            ("", Err(Malformed)),
        ];
        for (input, expected) in cases {
            let date = parse_date(input).map(|date| written(|out| write_date(date, out)));
            assert_eq!(date.as_deref(), expected.as_ref().copied(), "{input:?}");
        }
    }

    #[test]
    fn times() {
        let cases = [
            ("01:02:03.000400", Ok("01:02:03.000400")),
            ("01:02:03,4", Ok("01:02:03.400000")),
            ("1:2", Ok("01:02:00")),
            ("1:2:3.1234567", Ok("01:02:03.123456")),
            ("010203", Ok("01:02:03")),
            ("T12:30", Ok("12:30:00")),
            ("12", Ok("12:00:00")),
            ("23:59:59+01:00", Ok("23:59:59")),
            ("12:00Z", Ok("12:00:00")),
            ("24:00", Err(OutOfRange)),
            ("12:60", Err(OutOfRange)),
            ("12:00:60", Err(OutOfRange)),
            ("１２:00", Ok("12:00:00")),
            ("12:00\n", Ok("12:00:00")),
            ("12:00:00.", Err(Malformed)),
            ("12:00:", Err(Malformed)),
            ("1", Err(Malformed)),
            ("noon", Err(Malformed)),
            ("", Err(Malformed)),
        ];
        for (input, expected) in cases {
            let time = parse_time(input).map(|time| written(|out| write_time(time, out)));
            assert_eq!(time.as_deref(), expected.as_ref().copied(), "{input:?}");
        }
    }

    #[test]
    fn datetimes() {
        let cases = [
            ("2024-01-01T00:00:00Z", Ok("2024-01-01T00:00:00Z")),
            ("2024-01-01T00:00:00+00:00", Ok("2024-01-01T00:00:00Z")),
            ("2024-01-01T08:00:00.000001+08:00", Ok("2024-01-01T08:00:00.000001+08:00")),
            ("2024-01-01 00:00", Ok("2024-01-01T00:00:00")),
            ("2024-01-01", Ok("2024-01-01T00:00:00")),
            ("20240101T010203", Ok("2024-01-01T01:02:03")),
            ("2024-1-1 1:2:3.5 +05", Ok("2024-01-01T01:02:03.500000+05:00")),
            ("2024-01-01T10:00 -0530", Ok("2024-01-01T10:00:00-05:30")),
            ("2024-01-01T10:00:00-05:30:15", Ok("2024-01-01T10:00:00-05:30:15")),
            ("2024-W01-1T10", Ok("2024-01-01T10:00:00")),
            ("2024W01T10", Ok("2024-01-01T10:00:00")),
            ("2024-W01-1000", Ok("2024-01-01T10:00:00")),
            ("2024-01-01é12", Ok("2024-01-01T12:00:00")),
            ("2024-01-01T12:+01:00", Ok("2024-01-01T12:00:00+01:00")),
            ("2024-01-01T12:34:56:78", Ok("2024-01-01T12:34:56.780000")),
            ("2024-01-01T12:34:56.1234567x+01:00", Ok("2024-01-01T12:34:56.123456+01:00")),
            ("2024-01-01T00:00:00z", Err(Malformed)),
            ("2024-01-01T24:00", Err(OutOfRange)),
            ("2024-02-30T00:00", Err(OutOfRange)),
            ("2024-01-01T00:00+24:00", Err(OutOfRange)),
            ("2024-01-01T00:00+23:99", Err(OutOfRange)),
            ("0001-01-01T00:00:00+10:00", Ok("0001-01-01T00:00:00+10:00")),
            ("2024-01-01T", Err(Malformed)),
            ("2024-01-01T00:00:00Z\n", Ok("2024-01-01T00:00:00Z")),
            ("iso-8601", Err(Malformed)),
            ("", Err(Malformed)),
            ("2024-01-01T12Z\0zz", Ok("2024-01-01T12:00:00Z")),
        ];
        for (input, expected) in cases {
            let moment = parse_datetime(input).map(|moment| match moment {
                Moment::Aware(moment) => written(|out| write_datetime(moment, out)),
                Moment::Naive(moment) => written(|out| write_naive_datetime(moment, out)),
            });
            assert_eq!(moment.as_deref(), expected.as_ref().copied(), "{input:?}");
        }
    }

    #[test]
    fn an_offset_with_a_fraction_keeps_the_point_in_time() {
        let Ok(Moment::Aware(moment)) = parse_datetime("2024-01-01T10:00:00+00:00:01.5") else { panic!() };
        assert_eq!(written(|out| write_datetime(moment.to_utc().into(), out)), "2024-01-01T09:59:58.500000Z");
    }
}
