//! Python's `int(text)`.

use crate::text::unicode::{is_space, number_text, without_underscores};

/// Python refuses longer texts, to be safe from texts that take long to convert.
const MAX_DIGITS: usize = 4300;

/// An integer of any size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ParsedInt {
    /// It has 64 bits
    Small(i64),
    /// Any other: an optional `-` and decimal digits, the first of which is not 0
    Big(Box<str>),
}

/// `int(text)`: digits of any script, a sign, single underscores between digits, white space around.
pub(crate) fn parse_int(text: &str) -> Option<ParsedInt> {
    let text = number_text(text);
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let digits = without_underscores(digits)?;
    let only_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    (only_digits && digits.len() <= MAX_DIGITS).then(|| canonical(negative, &digits))
}

/// Returns the integer of DRF's `IntegerField`: like [`parse_int`], after `.`, `.0`, `.00`… at the end was taken off.
pub(crate) fn parse_integer_field(text: &str) -> Option<ParsedInt> {
    parse_int(without_decimal_zeros(text))
}

/// `re.sub(r'\.0*\s*$', '', text)`
fn without_decimal_zeros(text: &str) -> &str {
    text.trim_end_matches(is_space).trim_end_matches('0').strip_suffix('.').unwrap_or(text)
}

fn canonical(negative: bool, digits: &str) -> ParsedInt {
    let sign = if negative { "-" } else { "" };
    let text = format!("{sign}{}", digits.trim_start_matches('0'));
    match text.as_str() {
        "" | "-" => ParsedInt::Small(0),
        text => text.parse().map_or_else(|_| ParsedInt::Big(text.into()), ParsedInt::Small),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(parsed: Option<ParsedInt>) -> Option<String> {
        parsed.map(|parsed| match parsed {
            ParsedInt::Small(small) => small.to_string(),
            ParsedInt::Big(big) => big.into(),
        })
    }

    #[test]
    fn integers() {
        let cases = [
            ("1", Some("1")),
            ("-12", Some("-12")),
            ("+5", Some("5")),
            (" 7\n", Some("7")),
            ("1_000", Some("1000")),
            ("1__0", None),
            ("_1", None),
            ("1_", None),
            ("007", Some("7")),
            ("-0", Some("0")),
            ("", None),
            ("-", None),
            ("+ 1", None),
            ("１２", Some("12")),
            ("١٢", Some("12")),
            ("\u{3000}7\u{85}", Some("7")),
            ("1.0", None),
            ("0x1", None),
            ("1e3", None),
            ("\u{1c}1", None),
            ("²", None),
            ("1\0", None),
            ("-00123456789012345678901234567890", Some("-123456789012345678901234567890")),
        ];
        for (input, expected) in cases {
            assert_eq!(text(parse_int(input)).as_deref(), expected, "{input:?}");
        }
    }

    #[test]
    fn only_large_integers_are_big() {
        assert_eq!(parse_int("-9223372036854775808"), Some(ParsedInt::Small(i64::MIN)));
        assert_eq!(parse_int("9223372036854775808"), Some(ParsedInt::Big("9223372036854775808".into())));
        assert!(parse_int(&"1".repeat(4300)).is_some());
        assert_eq!(parse_int(&"0".repeat(4301)), None);
    }

    #[test]
    fn integer_fields() {
        let cases = [
            ("1", Some("1")),
            ("1.0", Some("1")),
            ("12.000 \n", Some("12")),
            ("-1.", Some("-1")),
            ("1.2", None),
            ("1.00.0", None),
            ("10.50", None),
            ("100", Some("100")),
            (".0", None),
            ("1_0.0", Some("10")),
            ("1.٠", None),
            ("1.0\u{1c}", Some("1")),
        ];
        for (input, expected) in cases {
            assert_eq!(text(parse_integer_field(input)).as_deref(), expected, "{input:?}");
        }
    }
}
