//! Django's `EmailValidator`.

use super::domain::is_domain;
use super::ip::{is_ipv4, is_ipv6};
use super::{LETTERS_IGNORING_CASE, has_at_most};

/// The longest address. RFC 3696, section 3.
const MAX_LENGTH: usize = 320;

/// Returns whether this is an e-mail address.
pub(crate) fn is_email(text: &str) -> bool {
    has_at_most(text, MAX_LENGTH)
        && text.rsplit_once('@').is_some_and(|(user, domain)| is_user(user) && is_email_domain(domain))
}

fn is_user(user: &str) -> bool {
    user.split('.').all(is_atom) || is_quoted(user)
}

/// Returns the characters that need no quotes.
fn is_atom(atom: &str) -> bool {
    let is_part = |character: char| {
        character.is_ascii_alphanumeric()
            || "-!#$%&'*+/=?^_`{}|~".contains(character)
            || LETTERS_IGNORING_CASE.contains(&character)
    };
    !atom.is_empty() && atom.chars().all(is_part)
}

/// Returns text in double quotes, without space unless it follows a backslash.
fn is_quoted(user: &str) -> bool {
    let Some(text) = user.strip_prefix('"').and_then(|user| user.strip_suffix('"')) else { return false };
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let accepted = match character {
            '\\' => characters.next().is_some_and(is_escapable),
            _ => is_quotable(character),
        };
        if !accepted {
            return false;
        }
    }
    true
}

/// `[\001-\010\013\014\016-\037!#-\[\]-\177]`
fn is_quotable(character: char) -> bool {
    matches!(character, '\x01'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '!' | '#'..='[' | ']'..='\x7f')
        || LETTERS_IGNORING_CASE.contains(&character)
}

/// `[\001-\011\013\014\016-\177]`
fn is_escapable(character: char) -> bool {
    matches!(character, '\x01'..='\x09' | '\x0b' | '\x0c' | '\x0e'..='\x7f')
        || LETTERS_IGNORING_CASE.contains(&character)
}

fn is_email_domain(domain: &str) -> bool {
    domain == "localhost" || is_domain(domain) || is_address_literal(domain)
}

/// `[192.0.2.1]` or `[2001:db8::1]`. SMTP, section 4.1.3.
fn is_address_literal(domain: &str) -> bool {
    let is_part = |character: char| character.is_ascii_hexdigit() || matches!(character, ':' | '.');
    domain
        .strip_prefix('[')
        .and_then(|domain| domain.strip_suffix(']'))
        .is_some_and(|address| address.chars().all(is_part) && (is_ipv4(address) || is_ipv6(address)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted() {
        for text in [
            "a@b.co",
            "first.last+tag@sub.example.com",
            "-!#$%&'*+/=?^_`{}|~@x.org",
            "\"quoted\"@example.com",
            "\"a\\ b\"@example.com",
            "\"\"@example.com",
            "a@localhost",
            "a@[127.0.0.1]",
            "a@[::1]",
            "ſ@example.com",
            "a@ü.de",
            "a@example.рф",
            "a@x.xn--p1ai",
            "a@xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.com",
        ] {
            assert!(is_email(text), "{text:?}");
        }
    }

    #[test]
    fn refused() {
        for text in [
            "\"a b\"@example.com",
            "\"a\\\"@example.com",
            "a@LOCALHOST",
            "a@[IPv6:::1]",
            "a@127.0.0.1",
            "é@example.com",
            "a@x.xn--p1ai-",
            "a@-x.com",
            "a@x-.com",
            "a@x.c",
            "a@x.c1",
            "a@x.com.",
            "a@x..com",
            "a@b@c.de",
            ".a@x.com",
            "a..b@x.com",
            "a @x.com",
            "a@x.com\n",
            "@x.com",
            "a@",
            "a",
            "",
            "a@xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx.com",
            "a@😀.com",
        ] {
            assert!(!is_email(text), "{text:?}");
        }
    }

    #[test]
    fn length() {
        assert!(is_email(&format!("{}@x.com", "a".repeat(314))));
        assert!(!is_email(&format!("{}@x.com", "a".repeat(315))));
    }
}
