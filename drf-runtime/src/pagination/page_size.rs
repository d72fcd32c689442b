//! The numbers that clients choose.

use crate::request::Request;
use crate::text::numbers::{ParsedInt, parse_int};

/// `int(text)` that is not negative. DRF's `_positive_int`.
pub(super) fn natural(text: &str) -> Option<u128> {
    match parse_int(text)? {
        ParsedInt::Small(number) => u128::try_from(number).ok(),
        ParsedInt::Big(digits) if digits.starts_with('-') => None,
        ParsedInt::Big(digits) => Some(digits.parse().unwrap_or(u128::MAX)),
    }
}

/// Returns the last value of a query parameter.
pub(super) fn param<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.query_params().get(name)?.as_str()
}

/// The size of a page, where the client may choose it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice<'a> {
    pub(super) text: Option<&'a str>,
    /// The size where the client gives none, or an invalid one
    pub(super) default: Option<u64>,
    pub(super) maximum: Option<u64>,
    /// The setting `max_page_size`, for classes that have no maximum
    pub(super) fallback_maximum: u64,
}

impl Choice<'_> {
    pub(super) fn size(self) -> Option<u64> {
        let chosen = self.text.and_then(natural).filter(|size| *size > 0);
        let capped = chosen.map(|size| u64::try_from(size).unwrap_or(u64::MAX).min(self.cap()));
        // No database counts further.
        capped.or(self.default).map(|size| size.min(i64::MAX.unsigned_abs()))
    }

    /// Returns the maximum; 0 is none, as in DRF.
    fn cap(self) -> u64 {
        let fallback = self.fallback_maximum.max(self.default.unwrap_or(0)).max(1);
        self.maximum.filter(|maximum| *maximum > 0).unwrap_or(fallback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn naturals() {
        let cases = [
            ("0", Some(0)),
            (" 12\n", Some(12)),
            ("1_0", Some(10)),
            ("１２", Some(12)),
            ("-1", None),
            ("-99999999999999999999", None),
            ("99999999999999999999", Some(99_999_999_999_999_999_999)),
            ("", None),
            ("1.0", None),
        ];
        for (text, expected) in cases {
            assert_eq!(natural(text), expected, "{text:?}");
        }
        assert_eq!(natural(&"9".repeat(100)), Some(u128::MAX));
    }

    #[test]
    fn a_chosen_size_is_capped() {
        let size = |text, default, maximum| Choice { text, default, maximum, fallback_maximum: 1000 }.size();
        assert_eq!(size(None, Some(5), Some(10)), Some(5));
        assert_eq!(size(Some("7"), Some(5), Some(10)), Some(7));
        assert_eq!(size(Some("11"), Some(5), Some(10)), Some(10));
        assert_eq!(size(Some("99999999999999999999999"), Some(5), Some(10)), Some(10));
        for unreadable in ["0", "-3", "abc", "", "2.5"] {
            assert_eq!(size(Some(unreadable), Some(5), Some(10)), Some(5), "{unreadable}");
        }
        assert_eq!(size(Some("7"), None, None), Some(7));
        assert_eq!(size(Some("5000"), Some(5), None), Some(1000));
        assert_eq!(size(Some("5000"), Some(5), Some(0)), Some(1000));
        assert_eq!(size(Some("5000"), Some(2000), None), Some(2000));
        assert_eq!(size(None, None, Some(10)), None);
        assert_eq!(
            size(Some("99999999999999999999999"), None, Some(u64::MAX)),
            Some(i64::MAX.unsigned_abs())
        );
    }

    #[test]
    fn options_that_the_macros_accept() {
        for line in
            include_str!("../../../tests/page_sizes.txt").lines().filter(|line| !line.starts_with('#'))
        {
            let (options, expected) =
                line.split_once(" => ").or(line.split_once(" ! ")).expect("a size or an error");
            let number = |name| {
                let value =
                    options.split(", ").find_map(|option| option.strip_prefix(name)?.strip_prefix(": "));
                value.map(|value| value.parse::<u64>().expect("a number"))
            };
            let (default, maximum) = (number("page_size"), number("max_page_size"));
            let size = Choice { text: None, default, maximum, fallback_maximum: 1000 }.size();
            let has_no_effect = size == Some(0) || maximum == Some(0);
            let is_rejected = has_no_effect || maximum.is_some_and(|maximum| size > Some(maximum));
            assert_eq!(is_rejected, line.contains(" ! "), "{line}");
            assert!(
                is_rejected || expected == size.map_or("settings".to_owned(), |size| size.to_string()),
                "{line}"
            );
        }
    }
}
