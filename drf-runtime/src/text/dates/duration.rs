//! Durations: `django.utils.dateparse.parse_duration` and `django.utils.duration`.

use std::borrow::Cow;
use std::io::Write;
use std::sync::LazyLock;

use chrono::TimeDelta;
use regex::{Captures, Regex};

use crate::text::constant_regex;
use crate::text::unicode::ascii_digits;

/// The reason why a text is no duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DurationError {
    /// It does not look like one
    Malformed,
    /// "The number of days must be between -999999999 and 999999999."
    Overflow,
}

/// `[DD] [HH:[MM:]]ss[.uuuuuu]`, also as `str(timedelta)` writes it
static STANDARD: LazyLock<Regex> = LazyLock::new(|| {
    constant_regex(concat!(
        r"^(?:(?P<days>-?[0-9]+) (?:days?, )?)?(?P<sign>-?)",
        r"(?:(?:(?P<hours>[0-9]+):)?(?P<minutes>[0-9]+):)?(?P<seconds>[0-9]+)",
        r"(?:[.,](?P<microseconds>[0-9]{1,6})[0-9]{0,6})?\n?$",
    ))
});

/// `P4DT1H15M20.5S`
static ISO_8601: LazyLock<Regex> = LazyLock::new(|| {
    constant_regex(concat!(
        r"^(?P<sign>[-+]?)P(?:(?P<days>[0-9]+(?:[.,][0-9]+)?)D)?",
        r"(?:T(?:(?P<hours>[0-9]+(?:[.,][0-9]+)?)H)?(?:(?P<minutes>[0-9]+(?:[.,][0-9]+)?)M)?",
        r"(?:(?P<seconds>[0-9]+(?:[.,][0-9]+)?)S)?)?\n?$",
    ))
});

/// PostgreSQL's interval of days and time: `3 days 04:05:06`
static POSTGRES: LazyLock<Regex> = LazyLock::new(|| {
    constant_regex(concat!(
        r"^(?:(?P<days>-?[0-9]+) (?:days? ?))?",
        r"(?:(?P<sign>[-+])?(?P<hours>[0-9]+):(?P<minutes>[0-9]{2}):(?P<seconds>[0-9]{2})",
        r"(?:\.(?P<microseconds>[0-9]{1,6}))?)?\n?$",
    ))
});

const MICROSECONDS_PER_DAY: i128 = 86_400_000_000;
/// `timedelta.max.days`
const MAX_DAYS: i128 = 999_999_999;

/// `parse_duration`; an empty text is a duration of zero, as for Django.
pub(crate) fn parse_duration(text: &str) -> Result<TimeDelta, DurationError> {
    let text = ascii_digits(text);
    let standard = STANDARD.captures(&text);
    if let Some(captures) = standard.or_else(|| POSTGRES.captures(&text)) {
        return total(&captures, 1);
    }
    let captures = ISO_8601.captures(&text).ok_or(DurationError::Malformed)?;
    total(&captures, sign(&captures))
}

/// Returns the sum of the parts. The sign is that of the time; `day_sign` multiplies the days.
fn total(captures: &Captures<'_>, day_sign: i128) -> Result<TimeDelta, DurationError> {
    let part = |name: &str| captures.name(name).map_or(0.0, |part| number(part.as_str()));
    let microseconds =
        captures.name("microseconds").map_or(0.0, |digits| number(&format!("{:0<6}", digits.as_str())));
    let days = day_sign * sum([(part("days"), MICROSECONDS_PER_DAY)])?;
    let time = sum([
        (microseconds, 1),
        (part("seconds"), 1_000_000),
        (part("minutes"), 60_000_000),
        (part("hours"), 3_600_000_000),
    ])?;
    let total = in_range(in_range(days)? + in_range(sign(captures) * time)?)?;
    to_delta(total).ok_or(DurationError::Overflow)
}

fn sign(captures: &Captures<'_>) -> i128 {
    if captures.name("sign").is_some_and(|sign| sign.as_str() == "-") { -1 } else { 1 }
}

/// `float(text.replace(',', '.'))`
fn number(text: &str) -> f64 {
    let text: Cow<'_, str> = if text.contains(',') { text.replace(',', ".").into() } else { text.into() };
    text.parse().unwrap_or(0.0)
}

/// Returns the constructor of `timedelta`: numbers of units, in microseconds.
///
/// Whole units are added exactly; what fractions leave below a microsecond is summed up and rounded once.
fn sum<const N: usize>(parts: [(f64, i128); N]) -> Result<i128, DurationError> {
    let mut total = 0_i128;
    let mut rest = 0.0;
    for (count, unit) in parts {
        let fraction = count.fract() * unit as f64;
        total = whole(count)?
            .checked_mul(unit)
            .and_then(|exact| total.checked_add(exact))
            .and_then(|total| total.checked_add(fraction as i128))
            .ok_or(DurationError::Overflow)?;
        rest += fraction.fract();
    }
    in_range(total + round(rest, total % 2 != 0))
}

fn whole(count: f64) -> Result<i128, DurationError> {
    if count.abs() < 1e30 { Ok(count as i128) } else { Err(DurationError::Overflow) }
}

/// Returns the nearest integer; of two, the one that makes the sum with `total` even.
fn round(rest: f64, total_is_odd: bool) -> i128 {
    let odd = f64::from(u8::from(total_is_odd));
    let nearest = rest.round();
    let tie = (nearest - rest).abs() == 0.5;
    if tie { (2.0 * ((rest + odd) * 0.5).round() - odd) as i128 } else { nearest as i128 }
}

fn in_range(microseconds: i128) -> Result<i128, DurationError> {
    let days = microseconds.div_euclid(MICROSECONDS_PER_DAY);
    if (-MAX_DAYS..=MAX_DAYS).contains(&days) { Ok(microseconds) } else { Err(DurationError::Overflow) }
}

fn to_delta(microseconds: i128) -> Option<TimeDelta> {
    let seconds = microseconds.div_euclid(1_000_000).try_into().ok()?;
    let nanoseconds = microseconds.rem_euclid(1_000_000) * 1000;
    TimeDelta::new(seconds, nanoseconds.try_into().ok()?)
}

/// A duration as `timedelta` keeps it: only the days can be negative.
struct Components {
    days: i64,
    hours: i64,
    minutes: i64,
    seconds: i64,
    microseconds: i32,
}

impl From<TimeDelta> for Components {
    fn from(duration: TimeDelta) -> Self {
        let nanoseconds = duration.subsec_nanos();
        let total = duration.num_seconds() - i64::from(nanoseconds < 0);
        Components {
            days: total.div_euclid(86_400),
            hours: total.rem_euclid(86_400) / 3600,
            minutes: total.rem_euclid(3600) / 60,
            seconds: total.rem_euclid(60),
            microseconds: nanoseconds.rem_euclid(1_000_000_000) / 1000,
        }
    }
}

/// `duration_string`: `[-]D HH:MM:SS[.ffffff]`, without days if there are none
pub(crate) fn write_duration(duration: TimeDelta, out: &mut Vec<u8>) {
    let Components { days, hours, minutes, seconds, microseconds } = duration.into();
    // writing into a `Vec` cannot fail
    if days != 0 {
        let _ = write!(out, "{days} ");
    }
    let _ = write!(out, "{hours:02}:{minutes:02}:{seconds:02}");
    write_fraction(microseconds, out);
}

/// `str(timedelta)`: `[-]D day[s], H:MM:SS[.ffffff]`
pub(crate) fn python_duration(duration: TimeDelta) -> String {
    let Components { days, hours, minutes, seconds, microseconds } = duration.into();
    let mut text = match days {
        0 => String::new(),
        -1 | 1 => format!("{days} day, "),
        _ => format!("{days} days, "),
    };
    text += &format!("{hours}:{minutes:02}:{seconds:02}");
    match microseconds {
        0 => text,
        _ => format!("{text}.{microseconds:06}"),
    }
}

/// `duration_iso_string`: `P1DT02H03M04.000005S`
pub(crate) fn write_duration_iso(duration: TimeDelta, out: &mut Vec<u8>) {
    let sign = if duration < TimeDelta::zero() { "-" } else { "" };
    let Components { days, hours, minutes, seconds, microseconds } = duration.abs().into();
    let _ = write!(out, "{sign}P{days}DT{hours:02}H{minutes:02}M{seconds:02}");
    write_fraction(microseconds, out);
    out.push(b'S');
}

fn write_fraction(microseconds: i32, out: &mut Vec<u8>) {
    if microseconds != 0 {
        let _ = write!(out, ".{microseconds:06}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DurationError::{Malformed, Overflow};

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn durations() {
        let cases = [
            ("15", Ok("00:00:15|P0DT00H00M15S")),
            ("15:30", Ok("00:15:30|P0DT00H15M30S")),
            ("10:15:30", Ok("10:15:30|P0DT10H15M30S")),
            ("4 15:30:10", Ok("4 15:30:10|P4DT15H30M10S")),
            ("4 days, 1:02:03.5", Ok("4 01:02:03.500000|P4DT01H02M03.500000S")),
            ("1 day, 0:00:00", Ok("1 00:00:00|P1DT00H00M00S")),
            ("-1 10:00:00", Ok("-1 10:00:00|-P0DT14H00M00S")),
            ("-4 15:30:10", Ok("-4 15:30:10|-P3DT08H29M50S")),
            ("1 -00:00:01", Ok("23:59:59|P0DT23H59M59S")),
            ("00:00:00,1234567", Ok("00:00:00.123456|P0DT00H00M00.123456S")),
            ("1:60", Ok("00:02:00|P0DT00H02M00S")),
            ("P4DT1H15M20S", Ok("4 01:15:20|P4DT01H15M20S")),
            ("-P1.5DT2,5H", Ok("-2 09:30:00|-P1DT14H30M00S")),
            ("PT0.1M0.3333333S", Ok("00:00:06.333333|P0DT00H00M06.333333S")),
            ("PT0.0000005S", Ok("00:00:00|P0DT00H00M00S")),
            ("PT0.0000015S", Ok("00:00:00.000002|P0DT00H00M00.000002S")),
            ("P", Ok("00:00:00|P0DT00H00M00S")),
            ("-PT1S", Ok("-1 23:59:59|-P0DT00H00M01S")),
            ("3 days 04:05:06", Ok("3 04:05:06|P3DT04H05M06S")),
            ("3 days -04:05:06", Ok("2 19:54:54|P2DT19H54M54S")),
            ("1 day", Ok("1 00:00:00|P1DT00H00M00S")),
            ("", Ok("00:00:00|P0DT00H00M00S")),
            ("10\n", Ok("00:00:10|P0DT00H00M10S")),
            ("１:３０", Ok("00:01:30|P0DT00H01M30S")),
            ("999999999 23:59:59", Ok("999999999 23:59:59|P999999999DT23H59M59S")),
            ("1000000000 00:00:00", Err(Overflow)),
            ("P1000000000D", Err(Overflow)),
            ("-P999999999DT1S", Err(Overflow)),
            ("99999999999999999999999999999999999999999", Err(Overflow)),
            ("1e5", Err(Malformed)),
            ("1:2:3:4", Err(Malformed)),
            ("4 weeks", Err(Malformed)),
            ("P1Y", Err(Malformed)),
        ];
        for (input, expected) in cases {
            let texts = parse_duration(input).map(|duration| {
                let django = written(|out| write_duration(duration, out));
                format!("{django}|{}", written(|out| write_duration_iso(duration, out)))
            });
            assert_eq!(texts.as_deref(), expected.as_ref().copied(), "{input:?}");
        }
    }

    #[test]
    fn python_texts() {
        let cases = [
            (TimeDelta::minutes(1), "0:01:00"),
            (TimeDelta::days(1), "1 day, 0:00:00"),
            (TimeDelta::hours(100), "4 days, 4:00:00"),
            (TimeDelta::microseconds(-1), "-1 day, 23:59:59.999999"),
            (TimeDelta::hours(-70), "-3 days, 2:00:00"),
            (TimeDelta::microseconds(5), "0:00:00.000005"),
        ];
        for (duration, expected) in cases {
            assert_eq!(python_duration(duration), expected);
        }
    }

    #[test]
    fn any_duration_can_be_written() {
        for duration in [TimeDelta::MIN, TimeDelta::MAX] {
            assert!(!written(|out| write_duration(duration, out)).is_empty());
            assert!(!written(|out| write_duration_iso(duration, out)).is_empty());
        }
    }
}
