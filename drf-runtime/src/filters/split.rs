//! DRF's `search_smart_split`: the terms of a search, with quoted phrases as one.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::unicode::strip;

/// `django.utils.text.smart_split_re`. Python's `\s` knows four control characters more than the regex crate's.
static BIT: LazyLock<Regex> = LazyLock::new(|| {
    let bit = r#"(?:[^\s\x1c-\x1f'"]*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s\x1c-\x1f'"]*)+)|[^\s\x1c-\x1f]+"#;
    // not reachable by a request: the pattern is compiled by a test
    Regex::new(bit).expect("bug in `drf`: a constant pattern is not a regex")
});

/// Returns the terms of a search: separated by white space and commas, except inside of quotes.
pub(super) fn search_smart_split(text: &str) -> Vec<String> {
    BIT.find_iter(text).flat_map(|bit| terms(bit.as_str().trim_matches(','))).collect()
}

fn terms(bit: &str) -> Vec<String> {
    match quote_of(bit) {
        Some(quote) => vec![unescape_string_literal(bit, quote)],
        None => bit.split(',').filter(|term| !term.is_empty()).map(|term| strip(term).to_owned()).collect(),
    }
}

/// Returns the quote that a phrase begins and ends with. A single quote is both.
fn quote_of(bit: &str) -> Option<char> {
    let first = bit.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    bit.ends_with(first).then_some(first)
}

/// `django.utils.text.unescape_string_literal`
fn unescape_string_literal(literal: &str, quote: char) -> String {
    let inner = literal.get(1..literal.len().max(2) - 1).unwrap_or("");
    inner.replace(&format!("\\{quote}"), &quote.to_string()).replace(r"\\", r"\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_and_phrases() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            (" \u{3000}\x1c", &[]),
            (",", &[]),
            ("decline fall", &["decline", "fall"]),
            ("decline,fall", &["decline", "fall"]),
            ("decline, fall,", &["decline", "fall"]),
            (r#""decline and""#, &["decline and"]),
            (r#""fall i" gibbon"#, &["fall i", "gibbon"]),
            (r#","a, b","#, &["a, b"]),
            (r#""a \"b\" \\c""#, &[r#"a "b" \c"#]),
            ("'it''s'", &["it''s"]),
            ("'", &[""]),
            ("\"", &[""]),
            ("o'reilly", &["o'reilly"]),
            ("\"open phrase", &["\"open", "phrase"]),
            ("x\"a b\",c", &["x\"a b\"", "c"]),
            ("x\"a , b\"", &["x\"a", "b\""]),
            ("''", &[""]),
            ("呐喊,彷徨 ü", &["呐喊", "彷徨", "ü"]),
        ];
        for (text, expected) in cases {
            assert_eq!(search_smart_split(text), *expected, "{text:?}");
        }
    }
}
