//! `isoformat`, as DRF's fields write dates and times.

use std::io::Write;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// `date.isoformat()`: `2024-02-29`
pub(crate) fn write_date(date: NaiveDate, out: &mut Vec<u8>) {
    match u32::try_from(date.year()) {
        Ok(year @ ..=9999) => {
            write_digits(year / 100, out);
            write_digits(year % 100, out);
        }
        // writing into a `Vec` cannot fail
        _ => _ = write!(out, "{:04}", date.year()),
    }
    out.push(b'-');
    write_digits(date.month(), out);
    out.push(b'-');
    write_digits(date.day(), out);
}

/// `time.isoformat()`: `01:02:03`, or `01:02:03.000400` if there are microseconds
pub(crate) fn write_time(time: NaiveTime, out: &mut Vec<u8>) {
    write_digits(time.hour(), out);
    out.push(b':');
    write_digits(time.minute(), out);
    out.push(b':');
    write_digits(time.second(), out);
    let microsecond = microsecond(time);
    if microsecond > 0 {
        out.push(b'.');
        write_digits(microsecond / 10_000, out);
        write_digits(microsecond / 100 % 100, out);
        write_digits(microsecond % 100, out);
    }
}

/// A number below 100 as two digits. `write!` costs ten times as much, and lists are full of dates.
fn write_digits(number: u32, out: &mut Vec<u8>) {
    out.extend_from_slice(&[b'0' + (number / 10) as u8, b'0' + (number % 10) as u8]);
}

/// `datetime.isoformat()` without an offset: `2024-01-01T00:00:00`
pub(crate) fn write_naive_datetime(moment: NaiveDateTime, out: &mut Vec<u8>) {
    write_date(moment.date(), out);
    out.push(b'T');
    write_time(moment.time(), out);
}

/// `datetime.isoformat()` with its offset, where UTC is `Z`: `2024-01-01T08:00:00+08:00`
pub(crate) fn write_datetime(moment: DateTime<FixedOffset>, out: &mut Vec<u8>) {
    write_naive_datetime(moment.naive_local(), out);
    write_offset(moment.offset().local_minus_utc(), out);
}

fn write_offset(seconds: i32, out: &mut Vec<u8>) {
    if seconds == 0 {
        return out.push(b'Z');
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let _ = write!(out, "{sign}{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if !seconds.is_multiple_of(60) {
        let _ = write!(out, ":{:02}", seconds % 60);
    }
}

/// Returns the microsecond within the second; within chrono's leap second it is the last one.
pub(super) fn microsecond(time: NaiveTime) -> u32 {
    (time.nanosecond() / 1000).min(999_999)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn iso_formats() {
        let date = NaiveDate::from_ymd_opt(24, 2, 29).unwrap();
        let local = date.and_hms_micro_opt(1, 2, 3, 400).unwrap();
        assert_eq!(written(|out| write_date(date, out)), "0024-02-29");
        assert_eq!(written(|out| write_time(local.time(), out)), "01:02:03.000400");
        assert_eq!(written(|out| write_time(NaiveTime::MIN, out)), "00:00:00");
        assert_eq!(written(|out| write_naive_datetime(local, out)), "0024-02-29T01:02:03.000400");
    }

    #[test]
    fn offsets() {
        for (seconds, expected) in [(0, "Z"), (28_800, "+08:00"), (-19_800, "-05:30"), (-3_661, "-01:01:01")]
        {
            let midnight = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap().and_time(NaiveTime::MIN);
            let moment = midnight.and_local_timezone(FixedOffset::east_opt(seconds).unwrap()).unwrap();
            assert_eq!(written(|out| write_datetime(moment, out)), format!("2024-01-01T00:00:00{expected}"));
        }
    }

    #[test]
    fn a_leap_second_is_the_last_microsecond() {
        let time = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_500_000_000).unwrap();
        assert_eq!(written(|out| write_time(time, out)), "23:59:59.999999");
    }
}
