//! Python's `strftime`: output formats such as `%d.%m.%Y`. It does what glibc does in the `C` locale.

use std::io::Write;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::output::microsecond;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The time zone of a moment: `%z` and `%Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Zone<'a> {
    /// Seconds east of UTC
    pub(crate) offset: i32,
    /// Such as `UTC` or `CET`
    pub(crate) name: &'a str,
}

/// `date.strftime(format)`
pub(crate) fn format_date(date: NaiveDate, format: &str, out: &mut Vec<u8>) {
    format_datetime(date.and_time(NaiveTime::MIN), None, format, out);
}

/// `time.strftime(format)`; its date is 1900-01-01
pub(crate) fn format_time(time: NaiveTime, format: &str, out: &mut Vec<u8>) {
    format_datetime(NaiveDate::from_ymd_opt(1900, 1, 1).expect("a date").and_time(time), None, format, out);
}

/// `datetime.strftime(format)` of a local date and time, with its zone if it has one
pub(crate) fn format_datetime(local: NaiveDateTime, zone: Option<Zone<'_>>, format: &str, out: &mut Vec<u8>) {
    Formatter { local, zone }.write(format, out);
}

struct Formatter<'a> {
    local: NaiveDateTime,
    zone: Option<Zone<'a>>,
}

impl Formatter<'_> {
    fn write(&self, format: &str, out: &mut Vec<u8>) {
        let mut rest = format;
        while let Some((text, after)) = rest.split_once('%') {
            out.extend_from_slice(text.as_bytes());
            let (directive, after) = Directive::read(after);
            match directive.and_then(|directive| Some((self.piece(directive.letter)?, directive))) {
                Some((piece, directive)) => {
                    directive.write(piece, out);
                    rest = after;
                }
                // C leaves alone what it does not know
                None => {
                    out.push(b'%');
                    rest = &rest[text.len() + 1..];
                }
            }
        }
        out.extend_from_slice(rest.as_bytes());
    }

    fn piece(&self, letter: char) -> Option<Piece> {
        self.date_piece(letter).or_else(|| self.time_piece(letter)).or_else(|| self.composite(letter))
    }

    fn date_piece(&self, letter: char) -> Option<Piece> {
        let date = self.local.date();
        let week = date.iso_week();
        let from_sunday = date.weekday().num_days_from_sunday();
        let from_monday = date.weekday().num_days_from_monday();
        Some(match letter {
            'Y' => number(date.year(), 1),
            'C' => number(date.year().div_euclid(100), 1),
            'y' => number(date.year().rem_euclid(100), 2),
            'm' => number(date.month(), 2),
            'd' => number(date.day(), 2),
            'e' => blank_padded(date.day()),
            'j' => number(date.ordinal(), 3),
            'G' => number(week.year(), 1),
            'g' => number(week.year().rem_euclid(100), 2),
            'V' => number(week.week(), 2),
            'U' => number((date.ordinal() + 6 - from_sunday) / 7, 2),
            'W' => number((date.ordinal() + 6 - from_monday) / 7, 2),
            'u' => number(from_monday + 1, 1),
            'w' => number(from_sunday, 1),
            'a' => name(&WEEKDAYS, from_monday, 3),
            'A' => name(&WEEKDAYS, from_monday, usize::MAX),
            'b' | 'h' => name(&MONTHS, date.month0(), 3),
            'B' => name(&MONTHS, date.month0(), usize::MAX),
            _ => return None,
        })
    }

    fn time_piece(&self, letter: char) -> Option<Piece> {
        let time = self.local.time();
        let hour_of_twelve = time.hour12().1;
        Some(match letter {
            'H' => number(time.hour(), 2),
            'I' => number(hour_of_twelve, 2),
            'k' => blank_padded(time.hour()),
            'l' => blank_padded(hour_of_twelve),
            'M' => number(time.minute(), 2),
            'S' => number(time.second(), 2),
            'f' => number(microsecond(time), 6),
            's' => number(self.local.and_utc().timestamp(), 1),
            'p' => Piece::Text(if time.hour() < 12 { "AM" } else { "PM" }.to_owned()),
            'P' => Piece::Text(if time.hour() < 12 { "am" } else { "pm" }.to_owned()),
            'z' => Piece::Text(self.zone.map_or_else(String::new, |zone| offset_text(zone.offset))),
            'Z' => Piece::Text(self.zone.map_or_else(String::new, |zone| zone.name.to_owned())),
            _ => return None,
        })
    }

    fn composite(&self, letter: char) -> Option<Piece> {
        let format = match letter {
            'c' => "%a %b %e %H:%M:%S %Y",
            'D' | 'x' => "%m/%d/%y",
            'F' => "%Y-%m-%d",
            'T' | 'X' => "%H:%M:%S",
            'R' => "%H:%M",
            'r' => "%I:%M:%S %p",
            'n' => "\n",
            't' => "\t",
            '%' => return Some(Piece::Text("%".to_owned())),
            _ => return None,
        };
        let mut out = Vec::new();
        self.write(format, &mut out);
        String::from_utf8(out).ok().map(Piece::Text)
    }
}

/// `+0530`, or `+053015` for an offset with seconds
fn offset_text(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let seconds = offset.unsigned_abs();
    let text = format!("{sign}{:02}{:02}", seconds / 3600, seconds / 60 % 60);
    if !seconds.is_multiple_of(60) { format!("{text}{:02}", seconds % 60) } else { text }
}

/// A part of a format.
enum Piece {
    Number { value: i64, width: usize, pad: char },
    Text(String),
}

fn number(value: impl Into<i64>, width: usize) -> Piece {
    Piece::Number { value: value.into(), width, pad: '0' }
}

fn blank_padded(value: u32) -> Piece {
    Piece::Number { value: value.into(), width: 2, pad: ' ' }
}

fn name(names: &[&'static str], at: u32, length: usize) -> Piece {
    let name = usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or("");
    Piece::Text(name.get(..length).unwrap_or(name).to_owned())
}

/// A directive with C's flags: `%-d`, `%_H`, `%^a`, `%#p`, `%010Y`.
struct Directive {
    flag: Option<char>,
    uppercase: bool,
    width: Option<usize>,
    letter: char,
}

impl Directive {
    /// Returns the directive after a `%`, and what follows it.
    fn read(text: &str) -> (Option<Self>, &str) {
        let after_flags = text.trim_start_matches(['-', '_', '0', '^', '#']);
        let flags = &text[..text.len() - after_flags.len()];
        let after_width = after_flags.trim_start_matches(|character: char| character.is_ascii_digit());
        let width = &after_flags[..after_flags.len() - after_width.len()];
        let mut rest = after_width.chars();
        let directive = rest.next().map(|letter| Directive {
            flag: flags.chars().rfind(|flag| *flag != '^'),
            uppercase: flags.contains('^'),
            width: width.parse().ok(),
            letter,
        });
        (directive, rest.as_str())
    }

    fn write(&self, piece: Piece, out: &mut Vec<u8>) {
        // writing into a `Vec` cannot fail
        let _ = match piece {
            Piece::Number { value, width, pad } => self.write_number(value, width, pad, out),
            Piece::Text(text) => self.write_text(&text, out),
        };
    }

    fn write_number(&self, value: i64, width: usize, pad: char, out: &mut Vec<u8>) -> std::io::Result<()> {
        let width = self.width().unwrap_or(width);
        match (self.flag, pad) {
            (Some('-'), _) => write!(out, "{value}"),
            (Some('_'), _) | (None | Some('#'), ' ') => write!(out, "{value:width$}"),
            _ => write!(out, "{value:0width$}"),
        }
    }

    fn write_text(&self, text: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
        let width = self.width().unwrap_or(0);
        let text = match (self.flag, self.letter) {
            (Some('#'), 'p' | 'Z') => text.to_lowercase(),
            (Some('#'), 'a' | 'A' | 'b' | 'B' | 'h') => text.to_uppercase(),
            _ if self.uppercase && self.letter != 'P' => text.to_uppercase(),
            _ => text.to_owned(),
        };
        if self.flag == Some('0') { write!(out, "{text:0>width$}") } else { write!(out, "{text:>width$}") }
    }

    /// A width is a matter of taste only up to a point.
    fn width(&self) -> Option<usize> {
        self.width.map(|width| width.min(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats() {
        let local = NaiveDate::from_ymd_opt(2024, 3, 7).unwrap().and_hms_micro_opt(16, 5, 6, 42).unwrap();
        let cases = [
            ("%Y-%m-%d %H:%M:%S.%f", "2024-03-07 16:05:06.000042"),
            ("%d.%m.%y", "07.03.24"),
            ("%-d/%-m/%Y %-I:%M %p", "7/3/2024 4:05 PM"),
            ("%a %A %b %B %h", "Thu Thursday Mar March Mar"),
            ("%c", "Thu Mar  7 16:05:06 2024"),
            ("%x %X %D %F %T %R %r", "03/07/24 16:05:06 03/07/24 2024-03-07 16:05:06 16:05 04:05:06 PM"),
            ("%j %U %W %V %G %g %u %w", "067 09 10 10 2024 24 4 4"),
            ("%C %e %k %l %P", "20  7 16  4 pm"),
            ("%z %Z", "-0530 XXX"),
            ("%n%t%%", "\n\t%"),
            ("%_d %05d %^a %#p %^B", " 7 00007 THU pm MARCH"),
            ("é %Q %", "é %Q %"),
            ("%", "%"),
            ("no directive", "no directive"),
        ];
        for (format, expected) in cases {
            let mut out = Vec::new();
            format_datetime(local, Some(Zone { offset: -19_800, name: "XXX" }), format, &mut out);
            assert_eq!(String::from_utf8(out).unwrap(), expected, "{format:?}");
        }
    }

    #[test]
    fn years_are_not_padded() {
        let mut out = Vec::new();
        format_date(NaiveDate::from_ymd_opt(5, 1, 1).unwrap(), "%Y %C %y %G", &mut out);
        assert_eq!(out, b"5 0 05 4");
    }

    #[test]
    fn a_time_has_a_date_and_no_zone() {
        let mut out = Vec::new();
        format_time(NaiveTime::from_hms_opt(0, 2, 3).unwrap(), "%Y-%m-%d %I%p %a|%z|%Z|", &mut out);
        assert_eq!(out, b"1900-01-01 12AM Mon|||");
    }
}
