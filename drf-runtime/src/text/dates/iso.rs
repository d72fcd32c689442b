//! `fromisoformat` of Python 3.11's `date`, `time` and `datetime`, with its peculiarities.
//!
//! It reads more than it documents, such as `2024-01-01T12:+01:00` or `20240101xx`. So do we: what a client may
//! send must not depend on which of the two it talks to.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::{Moment, Offset, date, in_python_range, time};

/// `datetime.date.fromisoformat`; `None` where it raises `ValueError`.
pub(super) fn parse_date(text: &str) -> Option<NaiveDate> {
    if matches!(text.len(), 7 | 8 | 10) { read_date(text.as_bytes(), text.len()) } else { None }
}

/// `datetime.time.fromisoformat`, its offset checked and dropped.
pub(super) fn parse_time(text: &str) -> Option<NaiveTime> {
    let text = text.strip_prefix('T').unwrap_or(text);
    let (time, offset) = read_time(text.as_bytes())?;
    if let Some(offset) = offset {
        offset.apply(NaiveDate::default().and_time(time))?;
    }
    Some(time)
}

/// `datetime.datetime.fromisoformat`
pub(super) fn parse_datetime(text: &str) -> Option<Moment> {
    let bytes = text.as_bytes();
    let separator = separator_position(bytes)?;
    let date = read_date(bytes, separator)?;
    if bytes.len() <= separator {
        return Some(Moment::Naive(date.and_time(NaiveTime::MIN)));
    }
    let (time, offset) = read_time(after_character(bytes, separator))?;
    let local = NaiveDateTime::new(date, time);
    offset.map_or(Some(Moment::Naive(local)), |offset| offset.apply(local))
}

/// Returns the bytes after the character whose first byte is at a position.
fn after_character(bytes: &[u8], at: usize) -> &[u8] {
    let length = match byte_at(bytes, at) {
        0x00..=0x7f => 1,
        0xe0..=0xef => 3,
        0xf0..=0xff => 4,
        _ => 2,
    };
    bytes.get(at + length..).unwrap_or(&[])
}

/// Returns the end of the date: after `YYYY-MM-DD`, `YYYYMMDD`, `YYYY-Www`, `YYYYWww`, `YYYY-Www-D` or `YYYYWwwD`.
fn separator_position(bytes: &[u8]) -> Option<usize> {
    match (byte_at(bytes, 4), byte_at(bytes, 5)) {
        _ if bytes.len() < 7 => None,
        _ if bytes.len() == 7 => Some(7),
        (b'-', b'W') => dashed_week_end(bytes),
        (b'-', _) => Some(10),
        (b'W', _) => Some(compact_week_end(bytes)),
        _ => Some(8),
    }
}

/// For `YYYY-Www…`: a dash may begin the weekday or separate the time.
fn dashed_week_end(bytes: &[u8]) -> Option<usize> {
    match bytes.len() {
        _ if byte_at(bytes, 8) != b'-' => Some(8),
        9 => None,
        _ if byte_at(bytes, 10).is_ascii_digit() => Some(8),
        _ => Some(10),
    }
}

/// For `YYYYWww…`: digits of a time come in pairs, so an odd one is the weekday.
fn compact_week_end(bytes: &[u8]) -> usize {
    let digits = bytes[7..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    match 7 + digits {
        end @ ..9 => end,
        end if end % 2 == 0 => 7,
        _ => 8,
    }
}

/// Reads a date at the start of the text; `length` is where it should end.
fn read_date(bytes: &[u8], length: usize) -> Option<NaiveDate> {
    let mut cursor = Cursor { bytes, at: 0 };
    let year = cursor.digits(4)?;
    let dashes = cursor.eat(b'-');
    if cursor.eat(b'W') {
        return read_week_date(cursor, year, dashes, length);
    }
    let month = cursor.digits(2)?;
    if dashes && !cursor.eat(b'-') {
        return None;
    }
    date(year, month, cursor.digits(2)?)
}

/// Returns the rest of `YYYY-Www[-D]`; without a day it is the Monday.
fn read_week_date(mut cursor: Cursor<'_>, year: u32, dashes: bool, length: usize) -> Option<NaiveDate> {
    let week = cursor.digits(2)?;
    let mut day = 1;
    if cursor.at < length {
        if dashes && !cursor.eat(b'-') {
            return None;
        }
        day = cursor.digits(1)?;
    }
    let weekday = Weekday::try_from(u8::try_from(day.checked_sub(1)?).ok()?).ok()?;
    let year = i32::try_from(year).ok().filter(|year| *year > 0)?;
    NaiveDate::from_isoywd_opt(year, week, weekday).filter(|date| in_python_range(*date))
}

/// Reads a time and perhaps an offset.
fn read_time(bytes: &[u8]) -> Option<(NaiveTime, Option<Offset>)> {
    let zone = bytes.iter().position(|byte| matches!(byte, b'+' | b'-' | b'Z'));
    let clock = Clock::read(bytes, 0, zone.unwrap_or(bytes.len()))?;
    let time = time(clock.hour, clock.minute, clock.second, clock.microsecond)?;
    match zone {
        None => clock.is_whole.then_some((time, None)),
        Some(zone) => Some((time, Some(read_offset(bytes, zone)?))),
    }
}

fn read_offset(bytes: &[u8], sign: usize) -> Option<Offset> {
    if byte_at(bytes, sign) == b'Z' {
        return (byte_at(bytes, sign + 1) == 0).then_some(Offset::default());
    }
    let clock = Clock::read(bytes, sign + 1, bytes.len())?;
    let seconds = i32::try_from(clock.hour * 3600 + clock.minute * 60 + clock.second).ok()?;
    // less than a second from UTC is UTC for Python
    let microseconds = if seconds == 0 { 0 } else { i32::try_from(clock.microsecond).ok()? };
    let sign = if byte_at(bytes, sign) == b'-' { -1 } else { 1 };
    let offset = Offset { seconds: sign * seconds, microseconds: sign * microseconds };
    clock.is_whole.then_some(offset)
}

/// `HH[:?MM[:?SS[.ffffff]]]`
#[derive(Default)]
struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    microsecond: u32,
    /// True if the text ended with it
    is_whole: bool,
}

impl Clock {
    /// Reads it from `start`; it should end at `end`. C's `parse_hh_mm_ss_ff`, step by step.
    fn read(bytes: &[u8], start: usize, end: usize) -> Option<Self> {
        let mut cursor = Cursor { bytes, at: start };
        let mut clock = Clock::default();
        let mut colons = false;
        for unit in 0..3 {
            *clock.unit(unit) = cursor.digits(2)?;
            let next = cursor.next();
            colons = if unit == 0 { next == b':' } else { colons };
            match next {
                _ if cursor.at >= end => return Some(Clock { is_whole: next == 0, ..clock }),
                b':' if colons => {}
                b'.' | b',' => break,
                _ if !colons => cursor.at -= 1,
                _ => return None,
            }
        }
        clock.microsecond = cursor.fraction(end)?;
        Some(Clock { is_whole: cursor.peek() == 0, ..clock })
    }

    fn unit(&mut self, unit: usize) -> &mut u32 {
        match unit {
            0 => &mut self.hour,
            1 => &mut self.minute,
            _ => &mut self.second,
        }
    }
}

/// A place in a text that ends with a zero byte, as C's texts do.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> u8 {
        byte_at(self.bytes, self.at)
    }

    fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    fn eat(&mut self, byte: u8) -> bool {
        let eaten = self.peek() == byte;
        self.at += usize::from(eaten);
        eaten
    }

    /// Reads exactly this many digits.
    fn digits(&mut self, count: usize) -> Option<u32> {
        (0..count).try_fold(0, |number, _| Some(number * 10 + char::from(self.next()).to_digit(10)?))
    }

    /// Reads microseconds from the digits up to `end`; the seventh and further digits are dropped.
    fn fraction(&mut self, end: usize) -> Option<u32> {
        let count = end.saturating_sub(self.at).min(6);
        let microsecond = self.digits(count)? * 10_u32.pow(6 - u32::try_from(count).ok()?);
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        Some(microsecond)
    }
}

fn byte_at(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(0)
}
