//! Texts of a form: e-mail addresses, URLs, slugs, IP addresses, UUIDs. Django's validators.

mod domain;
mod email;
mod ip;
mod slug;
mod url;
mod uuid;

pub(crate) use email::is_email;
pub(crate) use ip::{is_ipv4, is_ipv6, normalise_ipv6};
pub(crate) use slug::{is_slug, is_unicode_slug};
pub(crate) use url::is_url;
pub(crate) use uuid::{parse_uuid, uuid_from_int};

/// The characters that a Python regex that ignores case takes for ASCII letters, too: İ, ı, ſ and the Kelvin sign.
const LETTERS_IGNORING_CASE: [char; 4] = ['\u{130}', '\u{131}', '\u{17f}', '\u{212a}'];

/// Returns whether there are at most so many characters.
fn has_at_most(text: &str, characters: usize) -> bool {
    text.len() <= characters || text.chars().count() <= characters
}
