//! White space and decimal digits, as Python sees them.

use std::borrow::Cow;

/// The zero of every set of ten decimal digits, in order. Python 3.11 knows Unicode 14.
const ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066,
    0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950,
    0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6,
    0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// `str.isspace` of one character.
pub(crate) fn is_space(character: char) -> bool {
    // Python counts the four information separators, Unicode's White_Space does not
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}

/// `str.strip()`
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `unicodedata.decimal`: the value of a decimal digit of any script.
pub(crate) fn decimal_digit(character: char) -> Option<u8> {
    if character.is_ascii() {
        return character.to_digit(10).and_then(|digit| digit.try_into().ok());
    }
    let code = u32::from(character);
    let sets_before = ZEROS.partition_point(|zero| *zero <= code);
    let zero = ZEROS.get(sets_before.checked_sub(1)?)?;
    u8::try_from(code - zero).ok().filter(|digit| *digit < 10)
}

/// Returns the text with the decimal digits of all scripts written in ASCII.
pub(crate) fn ascii_digits(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { text.chars().map(ascii_digit).collect() }
}

/// Prepares the text of a number as `int` and `float` do: digits become ASCII, and outer white space is removed.
///
/// A character that no number has becomes `?`. Python's `_PyUnicode_TransformDecimalAndSpaceToASCII`.
pub(crate) fn number_text(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text.trim_matches(is_ascii_space));
    }
    let ascii: String = text.chars().map(ascii_number_character).collect();
    Cow::Owned(ascii.trim_matches(is_ascii_space).to_owned())
}

/// Returns the text without the underscores between digits; `None` where one is not between digits.
pub(crate) fn without_underscores(text: &str) -> Option<Cow<'_, str>> {
    without_separators(text, |byte| byte.is_ascii_digit())
}

/// Like [`without_underscores`], for hexadecimal digits.
pub(crate) fn without_hex_underscores(text: &str) -> Option<Cow<'_, str>> {
    without_separators(text, |byte| byte.is_ascii_hexdigit())
}

fn without_separators(text: &str, is_digit: impl Fn(u8) -> bool) -> Option<Cow<'_, str>> {
    if !text.contains('_') {
        return Some(Cow::Borrowed(text));
    }
    let digit_at =
        |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).is_some_and(|byte| is_digit(*byte));
    let mut underscores = text.bytes().enumerate().filter(|(_, byte)| *byte == b'_');
    underscores
        .all(|(at, _)| digit_at(at.checked_sub(1)) && digit_at(at.checked_add(1)))
        .then(|| Cow::Owned(text.replace('_', "")))
}

fn ascii_digit(character: char) -> char {
    decimal_digit(character).map_or(character, |digit| char::from(b'0' + digit))
}

fn ascii_number_character(character: char) -> char {
    match ascii_digit(character) {
        ascii if ascii.is_ascii() => ascii,
        other if is_space(other) => ' ',
        _ => '?',
    }
}

/// C's `isspace`
fn is_ascii_space(character: char) -> bool {
    matches!(character, '\t'..='\r' | ' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script() {
        let digits: Vec<char> = ('\0'..=char::MAX).filter(|c| decimal_digit(*c).is_some()).collect();
        assert_eq!(digits.len(), 660);
        for (character, digit) in [('0', 0), ('9', 9), ('٣', 3), ('９', 9), ('०', 0), ('𝟗', 9)] {
            assert_eq!(decimal_digit(character), Some(digit), "{character}");
        }
        for character in ['a', '²', '½', '四', '\u{65f}', '\u{66a}'] {
            assert_eq!(decimal_digit(character), None, "{character}");
        }
    }

    #[test]
    fn space() {
        assert_eq!(('\0'..=char::MAX).filter(|c| is_space(*c)).count(), 29);
        assert_eq!(strip("\x1c \u{3000}a b\u{85}\n"), "a b");
        assert_eq!(strip("\u{200b}a"), "\u{200b}a");
    }

    #[test]
    fn underscores() {
        for (text, expected) in
            [("1_0", Some("10")), ("1", Some("1")), ("_1", None), ("1_", None), ("1__0", None)]
        {
            assert_eq!(without_underscores(text).as_deref(), expected, "{text}");
        }
        assert_eq!(without_underscores("a_b"), None);
        assert_eq!(without_hex_underscores("a_b").as_deref(), Some("ab"));
    }
}
