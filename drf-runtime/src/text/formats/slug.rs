//! The slugs of DRF's `SlugField`.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::constant_regex;

/// Letters, digits, `_` and `-`, at least one.
///
/// DRF's pattern is `^[-a-zA-Z0-9_]+$`, so a line break at the end is accepted where the field keeps it.
pub(crate) fn is_slug(text: &str) -> bool {
    let text = text.strip_suffix('\n').unwrap_or(text);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

/// Letters and digits of any script, `_` and `-`. `^[-\w]+\Z`
pub(crate) fn is_unicode_slug(text: &str) -> bool {
    // Python's `\w` has no combining marks, those of Rust's regexes have
    static SLUG: LazyLock<Regex> = LazyLock::new(|| constant_regex(r"^[-_\p{L}\p{N}]+$"));
    SLUG.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_slugs() {
        for text in ["abc-1_2", "abc\n"] {
            assert!(is_slug(text), "{text:?}");
        }
        for text in ["abc\n\n", "", "a b", "é", "a.b"] {
            assert!(!is_slug(text), "{text:?}");
        }
    }

    #[test]
    fn unicode_slugs() {
        for text in ["abc-1_2", "é-漢_１", "²½ⅷ"] {
            assert!(is_unicode_slug(text), "{text:?}");
        }
        for text in ["abc\n", "", "a b", "e\u{301}", "ⓐ", "😀", "\u{200d}"] {
            assert!(!is_unicode_slug(text), "{text:?}");
        }
    }
}
