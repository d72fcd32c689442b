//! Whatever a field accepts, it accepts again in its output, and outputs it the same. Nothing panics.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{answer_value, described};
use crate::fields::{
    Email, Field, FieldDescription, HStore, IPAddress, IPv4Address, IPv6Address, IndexMap, Integer, JsonText,
    MultipleChoice, OrBlank, Slug, UnicodeSlug, Url,
};
use crate::prelude::Choices;
use crate::value::Value;
use crate::value::json::parse_json;

/// Texts that some field accepts, or nearly.
const TEXTS: &[&str] = &[
    "",
    " x ",
    "é中😀\u{301}",
    "a\0b",
    "\u{feff}",
    "null",
    "True",
    "off",
    "0",
    "1",
    "-1",
    "1.50",
    "-0.0",
    "1e3",
    "1E-7",
    "1_000",
    "１２",
    "9223372036854775808",
    "123456789012345678901234567890.5",
    "NaN",
    "Infinity",
    "a@example.com",
    "\"q\"@example.com",
    "https://example.com:8080/p?q=1#f",
    "ftp://[::1]/",
    "a-b_C9",
    "ünï",
    "12345678-1234-5678-1234-567812345678",
    "urn:uuid:12345678123456781234567812345678",
    "192.0.2.1",
    "2001:DB8:0:0::1",
    "::ffff:1.2.3.4",
    "2024-02-29",
    "20240229",
    "2024-W01-1",
    "0001-01-01",
    "9999-12-31",
    "2024-01-01T10:00:00.1Z",
    "2024-10-27 02:30",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-12:00",
    "10:00:30.5",
    "24:00",
    "1 02:03:04",
    "-1 00:00:01",
    "P1DT2.5H",
    "-PT1S",
    "999999999 23:59:59",
    "x",
    "one",
    "{\"a\": [1, 2.5, null]}",
    "[1e5, \"\\u00e9\"]",
    "\"\\ud800\"",
    "1e999",
    "[[[",
    "%Y-%m-%d",
];

/// A small generator of numbers: the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }

    fn text(&mut self) -> String {
        let mut letters: Vec<char> = TEXTS[self.below(TEXTS.len())].chars().collect();
        let other: Vec<char> = TEXTS[self.below(TEXTS.len())].chars().collect();
        let at = self.below(letters.len() + 1);
        match self.below(5) {
            0 if at < letters.len() => drop(letters.remove(at)),
            1 if !other.is_empty() => letters.insert(at, other[self.below(other.len())]),
            2 => letters.truncate(at),
            _ => {}
        }
        letters.into_iter().collect()
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 12 } else { 16 }) {
            0 => Value::Null,
            1 => Value::Bool(self.below(2) == 0),
            2 => Value::Int(self.below(5) as i64 - 1),
            3 => Value::Int((self.0 as i64).wrapping_mul(31)),
            4 => Value::BigInt("1".repeat(20 + self.below(400)).into()),
            5 => Value::Float(f64::from_bits(self.0)).finite_or(0.5),
            6 => Value::Float(self.below(1000) as f64 / 8.0),
            7..=11 => Value::String(self.text()),
            12 | 13 => Value::List((0..self.below(4)).map(|_| self.value(depth - 1)).collect()),
            _ => Value::Dict((0..self.below(4)).map(|_| (self.text(), self.value(depth - 1))).collect()),
        }
    }
}

impl Value {
    fn finite_or(self, other: f64) -> Self {
        match self {
            Value::Float(number) if !number.is_finite() => Value::Float(other),
            value => value,
        }
    }
}

#[track_caller]
fn check<T: Field>() {
    check_with::<T>(|_| ());
}

/// Feeds a field with values; a field that refuses them all would be a mistake of the test.
#[track_caller]
fn check_with<T: Field>(options: impl FnOnce(&mut FieldDescription)) {
    let mut field = described::<T>();
    options(&mut field);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut accepted = 0;
    for _ in 0..4000 {
        let input = random.value(2);
        let shown = answer_value::<T>(&input, &field);
        if shown.starts_with('!') {
            continue;
        }
        let again = answer_value::<T>(&parse_json(shown.as_bytes()).unwrap(), &field);
        assert_eq!(again, shown, "{input:?}");
        accepted += 1;
    }
    assert!(accepted > 3, "{} accepts nothing", std::any::type_name::<T>());
}

#[derive(Debug, Clone, Choices)]
enum Letter {
    X,
    One,
}

#[derive(Debug, Clone, Choices)]
enum Number {
    Minus = -1,
    Zero,
    One,
}

#[test]
fn texts() {
    check::<String>();
    check::<Option<String>>();
    check_with::<String>(|field| (field.allow_blank, field.trim_whitespace) = (true, false));
    check::<Email>();
    check::<Url>();
    check::<Slug>();
    check::<UnicodeSlug>();
    check::<Uuid>();
    for format in ["hex", "int", "urn", "hex_verbose"] {
        check_with::<Uuid>(|field| field.format = Some(format));
    }
    check::<IPAddress>();
    check::<IPv4Address>();
    check::<IPv6Address>();
}

#[test]
fn numbers() {
    check::<bool>();
    check::<Option<bool>>();
    check::<i8>();
    check::<i64>();
    check::<u32>();
    check::<Option<Integer>>();
    check::<f32>();
    check::<f64>();
    check::<Decimal>();
    check::<Option<Decimal>>();
    check_with::<Decimal>(|field| (field.max_digits, field.decimal_places) = (Some(8), Some(4)));
    check_with::<Decimal>(|field| field.normalize_output = true);
    // as many digits as a float holds
    check_with::<Decimal>(|field| {
        (field.max_digits, field.decimal_places, field.coerce_to_string) = (Some(15), Some(2), Some(false));
    });
}

#[test]
fn times() {
    check::<NaiveDate>();
    check::<NaiveTime>();
    check::<NaiveDateTime>();
    check::<DateTime<Utc>>();
    check::<DateTime<FixedOffset>>();
    check_with::<DateTime<Utc>>(|field| field.timezone = "Europe/Berlin".parse().ok());
    check::<TimeDelta>();
    check_with::<TimeDelta>(|field| field.format = Some("iso-8601"));
}

#[test]
fn choices() {
    check::<Letter>();
    check::<Number>();
    check::<OrBlank<Letter>>();
    check::<Option<OrBlank<Number>>>();
    check::<MultipleChoice<Letter>>();
    check::<MultipleChoice<Number>>();
}

#[test]
fn containers() {
    check::<Value>();
    check::<serde_json::Value>();
    // The text `null` is `null`.
    check::<Option<JsonText>>();
    check::<Vec<Value>>();
    check::<Vec<Option<String>>>();
    check::<Vec<Vec<Integer>>>();
    check::<Option<Vec<f64>>>();
    check::<IndexMap<String, Value>>();
    check::<IndexMap<String, Option<NaiveDate>>>();
    check::<HStore>();
}
