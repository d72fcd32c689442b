//! A golden string may contain `<<shape>>` for what is different in every run; the rest of it is literal.

use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate, Utc};
use regex::{Regex, escape};

use super::jwt::Tokens;

/// The largest distance of a `<<now>>` from the present, in seconds.
pub const NOW_TOLERANCE: i64 = 600;
/// The largest distance of a number from the `N` of `<<about:N>>`.
pub const ABOUT_TOLERANCE: u64 = 3;
/// The same for `<<around:N>>`, where many requests lie between.
pub const AROUND_TOLERANCE: u64 = 15;

static MASK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("<<([a-z0-9]+)(?::([0-9]+))?>>").expect("the pattern is valid"));

/// Returns whether a string matches the golden one with its masks. An unknown mask matches nothing.
pub fn matches(golden: &str, actual: &str, tokens: &Tokens) -> bool {
    if !golden.contains("<<") {
        return golden == actual;
    }
    let (mut pattern, mut masks, mut end) = (String::from("(?s)^"), Vec::new(), 0);
    for found in MASK.captures_iter(golden) {
        let (mask, argument) = (found.get_match(), found.get(2).map(|argument| argument.as_str()));
        let Some(shape) = shape(&found[1]) else { return false };
        pattern.push_str(&escape(&golden[end..mask.start()]));
        pattern.push_str(&format!("({shape})"));
        masks.push((found[1].to_owned(), argument));
        end = mask.end();
    }
    pattern.push_str(&escape(&golden[end..]));
    pattern.push('$');
    let pattern = Regex::new(&pattern).expect("escaped text and the shapes below make a valid pattern");
    let Some(found) = pattern.captures(actual) else { return false };
    masks.iter().zip(1..).all(|((shape, argument), group)| is_right(shape, *argument, &found[group], tokens))
}

/// The pattern of a mask, without groups of its own.
fn shape(name: &str) -> Option<&'static str> {
    Some(match name {
        "now" => r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?Z",
        "nowlocal" => r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?\+08:00",
        "nowzone" => {
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?[+-][0-9]{2}:[0-9]{2}"
        }
        "today" => "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        "about" | "around" => "[0-9]+",
        "httpdate" => "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
        "jwtaccess" | "jwtrefresh" | "jwtsliding" | "jwtrsa" => {
            r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"
        }
        "hex40" => "[0-9a-f]{40}",
        "hex32" => "[0-9a-f]{32}",
        "uuid" => "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "alnum7" => "[A-Za-z0-9]{7}",
        "cursor" => "(?:[A-Za-z0-9_-]|%3D|%2B|%2F)+",
        "cookie" => "[A-Za-z0-9_:-]{16,}",
        "csrf" => "[A-Za-z0-9]{32,64}",
        "text" => ".+",
        _ => return None,
    })
}

/// What a pattern cannot say about the value of a mask.
fn is_right(shape: &str, argument: Option<&str>, value: &str, tokens: &Tokens) -> bool {
    match shape {
        "about" => is_near(argument, value, ABOUT_TOLERANCE).unwrap_or(false),
        "around" => is_near(argument, value, AROUND_TOLERANCE).unwrap_or(false),
        "now" | "nowlocal" | "nowzone" => is_now(value),
        "today" => is_today(value),
        _ => shape.strip_prefix("jwt").is_none_or(|kind| tokens.is_valid(kind, value)),
    }
}

fn is_near(argument: Option<&str>, value: &str, tolerance: u64) -> Option<bool> {
    let (expected, value): (u64, u64) = (argument?.parse().ok()?, value.parse().ok()?);
    Some(expected.abs_diff(value) <= tolerance)
}

fn is_today(value: &str) -> bool {
    let date: Result<NaiveDate, _> = value.parse();
    date.is_ok_and(|date| (Utc::now().date_naive() - date).num_days().abs() <= 1)
}

fn is_now(value: &str) -> bool {
    DateTime::parse_from_rfc3339(value)
        .is_ok_and(|stamp| (Utc::now() - stamp.to_utc()).abs().num_milliseconds() <= NOW_TOLERANCE * 1000)
}
