//! Times in a zone of their own.

use chrono::{DateTime, FixedOffset, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{OffsetName, Tz};

use super::time::write_formatted;
use crate::text::dates::{self, Zone};

/// Returns a time of the clocks in a zone; `None` where chrono cannot say it.
///
/// A time that comes twice is the first of the two, one that is left out has the offset of before: Python's `fold=0`.
pub(in crate::fields) fn localize(time: NaiveDateTime, zone: Tz) -> Option<DateTime<FixedOffset>> {
    let found = zone.from_local_datetime(&time).earliest();
    let offset = match found {
        Some(found) => found.offset().fix(),
        None => {
            zone.from_local_datetime(&time.checked_sub_signed(TimeDelta::days(1))?).earliest()?.offset().fix()
        }
    };
    time.and_local_timezone(offset).single()
}

/// Writes a time as it is in a zone, in ISO 8601 unless there is a format.
pub(in crate::fields) fn write_in_zone(
    time: DateTime<Utc>,
    zone: Tz,
    format: Option<&str>,
    out: &mut Vec<u8>,
) {
    let local = time.with_timezone(&zone);
    let offset = local.offset().fix().local_minus_utc();
    let Some(format) = format else {
        out.push(b'"');
        dates::write_datetime(local.fixed_offset(), out);
        return out.push(b'"');
    };
    let numeric = numeric_name(offset);
    let name = local.offset().abbreviation().unwrap_or(&numeric);
    let zone = Zone { offset, name };
    write_formatted(out, |out| dates::format_datetime(local.naive_local(), Some(zone), format, out));
}

/// Returns the name of a zone without letters: `+03`, `+0530`.
fn numeric_name(seconds: i32) -> String {
    let (hours, minutes) = (seconds.abs() / 3600, seconds.abs() / 60 % 60);
    let sign = if seconds < 0 { '-' } else { '+' };
    if minutes == 0 { format!("{sign}{hours:02}") } else { format!("{sign}{hours:02}{minutes:02}") }
}
