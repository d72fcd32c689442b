//! A golden string may contain `<<shape>>` for what is different in every run; the rest of it is literal.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use regex::{Regex, escape};

use super::jwt;

/// Seconds that a `<<now>>` may be away from the present.
pub const NOW_TOLERANCE: i64 = 600;
/// How far a number may be away from the `N` of `<<about:N>>`.
pub const ABOUT_TOLERANCE: u64 = 3;

static MASK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("<<([a-z0-9]+)(?::([0-9]+))?>>").expect("the pattern is valid"));

/// Whether the string matches the golden one with its masks. An unknown mask matches nothing.
pub fn matches(golden: &str, actual: &str) -> bool {
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
    masks.iter().zip(1..).all(|((shape, argument), group)| is_right(shape, *argument, &found[group]))
}

/// The pattern of a mask, without groups of its own.
fn shape(name: &str) -> Option<&'static str> {
    Some(match name {
        "now" => r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{6})?Z",
        "about" => "[0-9]+",
        "httpdate" => "[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT",
        "jwtaccess" | "jwtrefresh" => r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+",
        "hex40" => "[0-9a-f]{40}",
        "cursor" => "(?:[A-Za-z0-9_-]|%3D|%2B|%2F)+",
        "cookie" => "[A-Za-z0-9_:-]{16,}",
        "csrf" => "[A-Za-z0-9]{32,64}",
        "text" => ".+",
        _ => return None,
    })
}

/// What a pattern cannot say about the value of a mask.
fn is_right(shape: &str, argument: Option<&str>, value: &str) -> bool {
    match shape {
        "about" => is_about(argument, value).unwrap_or(false),
        "now" => is_now(value),
        "jwtaccess" => jwt::is_valid(value, "access", 300),
        "jwtrefresh" => jwt::is_valid(value, "refresh", 86_400),
        _ => true,
    }
}

fn is_about(argument: Option<&str>, value: &str) -> Option<bool> {
    let (expected, value): (u64, u64) = (argument?.parse().ok()?, value.parse().ok()?);
    Some(expected.abs_diff(value) <= ABOUT_TOLERANCE)
}

fn is_now(value: &str) -> bool {
    DateTime::parse_from_rfc3339(value)
        .is_ok_and(|stamp| (Utc::now() - stamp.to_utc()).abs().num_milliseconds() <= NOW_TOLERANCE * 1000)
}
