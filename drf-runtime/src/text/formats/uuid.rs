//! Python's `uuid.UUID`, as DRF's `UUIDField` calls it.

use uuid::Uuid;

use crate::text::unicode::{number_text, without_hex_underscores};

/// `uuid.UUID(hex=text)`: 32 hexadecimal digits; dashes anywhere, `urn:uuid:` and braces do not count.
pub(crate) fn parse_uuid(text: &str) -> Option<Uuid> {
    // the crate's reading of the two usual forms is Python's, that of the others is not
    let usual = matches!(text.len(), 32 | 36).then(|| Uuid::try_parse(text).ok()).flatten();
    usual.or_else(|| parse_leniently(text))
}

/// `uuid.UUID(int=value)` of an integer's decimal text.
pub(crate) fn uuid_from_int(decimal: &str) -> Option<Uuid> {
    decimal.parse().ok().map(Uuid::from_u128)
}

fn parse_leniently(text: &str) -> Option<Uuid> {
    let hex = text.replace("urn:", "").replace("uuid:", "");
    let hex = hex.trim_matches(['{', '}']).replace('-', "");
    if hex.chars().count() != 32 {
        return None;
    }
    hex_int(&hex).map(Uuid::from_u128)
}

/// `int(text, 16)`, which also takes `0x`, a sign, underscores, white space and digits of other scripts.
fn hex_int(text: &str) -> Option<u128> {
    let text = number_text(text);
    let digits = text.strip_prefix('+').unwrap_or(&text);
    let digits = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        Some(digits) => digits.strip_prefix('_').unwrap_or(digits),
        None => digits,
    };
    // `from_str_radix` takes a sign of its own
    let digits = without_hex_underscores(digits).filter(|digits| !digits.starts_with('+'))?;
    u128::from_str_radix(&digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        let cases = [
            ("12345678-1234-5678-1234-56781234567A", Some("12345678-1234-5678-1234-56781234567a")),
            ("12345678123456781234567812345678", Some("12345678-1234-5678-1234-567812345678")),
            ("{12345678-1234-5678-1234-567812345678}", Some("12345678-1234-5678-1234-567812345678")),
            ("{{12345678123456781234567812345678", Some("12345678-1234-5678-1234-567812345678")),
            ("urn:uuid:12345678-1234-5678-1234-567812345678", Some("12345678-1234-5678-1234-567812345678")),
            ("URN:UUID:12345678-1234-5678-1234-567812345678", None),
            ("1-2345678123456781234567812345678-", Some("12345678-1234-5678-1234-567812345678")),
            ("0x345678123456781234567812345678ab", None),
            ("0X_45678123456781234567812345678ab", None),
            ("+1234567812345678123456781234567a", None),
            ("++234567812345678123456781234567a", None),
            ("1234567812345678123_5678123456_8", Some("00123456-7812-3456-7812-356781234568")),
            ("1234567812345678123__678123456_8", None),
            ("  345678123456781234567812345678  ", None),
            ("12345678123456781234567812345６78", Some("12345678-1234-5678-1234-567812345678")),
            ("1234567812345678123456781234567", None),
            ("g2345678123456781234567812345678", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_uuid(text).map(|uuid| uuid.to_string()).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn integers() {
        let cases = [
            ("0", Some("00000000-0000-0000-0000-000000000000")),
            ("1", Some("00000000-0000-0000-0000-000000000001")),
            ("-1", None),
            ("340282366920938463463374607431768211455", Some("ffffffff-ffff-ffff-ffff-ffffffffffff")),
            ("340282366920938463463374607431768211456", None),
        ];
        for (text, expected) in cases {
            assert_eq!(uuid_from_int(text).map(|uuid| uuid.to_string()).as_deref(), expected, "{text:?}");
        }
    }
}
