//! The host names of Django's `DomainNameValidator`.

use super::{LETTERS_IGNORING_CASE, has_at_most};

/// The longest label. RFC 1034, section 3.1.
const MAX_LABEL: usize = 63;

/// Returns whether this is a name of two labels or more, the last of which can be a top-level domain.
///
/// `hostname_re + domain_re + tld_no_fqdn_re`
pub(super) fn is_domain(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(names, top)| is_top_level(top) && names.split('.').all(is_label))
}

/// Returns whether a character may be part of a label.
pub(super) fn is_label_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '-' || is_international(character)
}

/// Django's range of international letters.
fn is_international(character: char) -> bool {
    ('\u{a1}'..='\u{ffff}').contains(&character)
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && has_at_most(label, MAX_LABEL)
        && !has_outer_dash(label)
        && label.chars().all(is_label_character)
}

fn has_outer_dash(label: &str) -> bool {
    label.starts_with('-') || label.ends_with('-')
}

/// Letters only, at least two, or a name that was encoded as ASCII.
fn is_top_level(label: &str) -> bool {
    let letters = |character: char| is_label_character(character) && !character.is_ascii_digit();
    let only_letters = label.chars().nth(1).is_some() && label.chars().all(letters);
    is_label(label) && (only_letters || is_encoded(label))
}

/// `xn--[a-z0-9]{1,59}`
fn is_encoded(label: &str) -> bool {
    let is_part =
        |character: char| character.is_ascii_alphanumeric() || LETTERS_IGNORING_CASE.contains(&character);
    label.split_at_checked(4).is_some_and(|(prefix, rest)| {
        prefix.eq_ignore_ascii_case("xn--") && !rest.is_empty() && rest.chars().all(is_part)
    })
}
