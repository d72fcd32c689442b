//! Django's `URLValidator`, and as much of Python's `urlsplit` as can refuse a URL.

use super::domain::{is_domain, is_label_character};
use super::ip::{is_ipv4, is_ipv6, parse_ipv6};
use super::{LETTERS_IGNORING_CASE, has_at_most};
use crate::text::unicode::is_space;

/// Django's `MAX_URL_LENGTH`
const MAX_LENGTH: usize = 2048;
/// The longest host name. RFC 1034, section 3.1.
const MAX_HOST_NAME: usize = 253;

const SCHEMES: [&str; 4] = ["http", "https", "ftp", "ftps"];

/// Characters whose compatibility form contains one of `/?#@:`. Written as a host, they would end it.
const DISGUISED_DELIMITERS: [char; 19] = [
    '\u{2047}', '\u{2048}', '\u{2049}', '\u{2100}', '\u{2101}', '\u{2105}', '\u{2106}', '\u{2a74}',
    '\u{fe13}', '\u{fe16}', '\u{fe55}', '\u{fe56}', '\u{fe5f}', '\u{fe6b}', '\u{ff03}', '\u{ff0f}',
    '\u{ff1a}', '\u{ff1f}', '\u{ff20}',
];

/// Returns whether this is a URL of http, https, ftp or ftps.
pub(crate) fn is_url(text: &str) -> bool {
    if !has_at_most(text, MAX_LENGTH) || text.contains(['\t', '\r', '\n']) {
        return false;
    }
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let known = SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    known && is_splittable(network_location(rest)) && has_url_form(rest)
}

/// Returns the part of a URL that `urlsplit` calls `netloc`.
fn network_location(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or("")
}

/// Returns whether `urlsplit` takes the network location, and Django its host.
fn is_splittable(location: &str) -> bool {
    let host = host_name(location);
    has_valid_brackets(location)
        && !location.contains(DISGUISED_DELIMITERS)
        && !host.is_empty()
        && host.to_lowercase().chars().count() <= MAX_HOST_NAME
        && bracketed_location(location).is_none_or(is_ipv6)
}

/// Brackets must come in pairs and hold an IPv6 address, or an address of a future version: `v1.x`.
fn has_valid_brackets(location: &str) -> bool {
    match (location.split_once('['), location.contains(']')) {
        (None, false) => true,
        (Some((_, after)), true) => is_bracketed_host(after.split(']').next().unwrap_or("")),
        _ => false,
    }
}

fn is_bracketed_host(host: &str) -> bool {
    match host.strip_prefix('v') {
        Some(future) => future.split_once('.').is_some_and(|(version, address)| {
            !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit()) && !address.is_empty()
        }),
        None => parse_ipv6(host).is_some(),
    }
}

/// Returns `urlsplit(…).hostname`, without changing its case.
fn host_name(location: &str) -> &str {
    let address = location.rsplit_once('@').map_or(location, |(_, address)| address);
    match address.split_once('[') {
        Some((_, bracketed)) => bracketed.split(']').next().unwrap_or(""),
        None => address.split(':').next().unwrap_or(""),
    }
}

/// Returns the address of a location that is only an address in brackets and perhaps a port.
fn bracketed_location(location: &str) -> Option<&str> {
    let bracketed = location.strip_prefix('[')?;
    let address = match bracketed.rsplit_once("]:") {
        Some((address, port)) if is_port(port) => address,
        _ => bracketed.strip_suffix(']')?,
    };
    (!address.is_empty()).then_some(address)
}

/// Django's regex, from behind `://`. It is tried with and without a user: the `@` may be part of a query.
fn has_url_form(rest: &str) -> bool {
    after_user(rest).is_some_and(has_host_form) || has_host_form(rest)
}

/// Returns the text after `[^\s:@/]+(?::[^\s:@/]*)?@`.
fn after_user(rest: &str) -> Option<&str> {
    let ends_name = |character: char| is_space(character) || matches!(character, ':' | '@' | '/');
    let after_name = &rest[rest.find(ends_name).filter(|end| *end > 0)?..];
    let after_password = match after_name.strip_prefix(':') {
        Some(password) => &password[password.find(ends_name)?..],
        None => after_name,
    };
    after_password.strip_prefix('@')
}

/// Returns a host, then perhaps a port, then perhaps a path, a query or a fragment.
fn has_host_form(rest: &str) -> bool {
    after_host(rest).map(after_port).is_some_and(is_resource)
}

fn after_host(rest: &str) -> Option<&str> {
    if let Some(bracketed) = rest.strip_prefix('[') {
        let (address, rest) = bracketed.split_once(']')?;
        return is_address_text(address).then_some(rest);
    }
    let end = rest.find(|character| !is_label_character(character) && character != '.').unwrap_or(rest.len());
    let (host, rest) = rest.split_at_checked(end)?;
    is_host(host).then_some(rest)
}

/// `[0-9a-f:.]+`; `urlsplit` has seen whether it is an address.
fn is_address_text(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))
}

fn is_host(host: &str) -> bool {
    is_ipv4(host) || is_localhost(host) || is_domain(host.strip_suffix('.').unwrap_or(host))
}

/// `localhost`, where an `ſ` is an `s` for a regex that ignores case.
fn is_localhost(host: &str) -> bool {
    host.replace(LETTERS_IGNORING_CASE[2], "s").eq_ignore_ascii_case("localhost")
}

fn after_port(rest: &str) -> &str {
    let Some(after_colon) = rest.strip_prefix(':') else { return rest };
    let digits = after_colon.bytes().take_while(u8::is_ascii_digit).count();
    if is_port(&after_colon[..digits]) { &after_colon[digits..] } else { rest }
}

/// `[0-9]{1,5}`
fn is_port(text: &str) -> bool {
    matches!(text.len(), 1..=5) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_resource(rest: &str) -> bool {
    rest.is_empty() || (rest.starts_with(['/', '?', '#']) && !rest.contains(is_space))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted() {
        for text in [
            "http://example.com",
            "HTTPS://EXAMPLE.com/",
            "ftps://user:pass@example.com:8080/p/a?q=1#f",
            "http://localhost:8000",
            "http://localhoſt",
            "http://1.2.3.4",
            "http://1.2.3.4.com/",
            "http://[::1]:80/",
            "http://[v1.a]@example.com",
            "http://example.com.",
            "http://xn--p1ai.xn--p1ai",
            "http://é.com/é?é#é",
            "http://😀:😀@x.com/😀",
            "http://a?b@example.com",
            "http://example.com?a@b",
            "http://example.com#f",
            "http://example.com:99999",
            "http://u@[0000:0000:0000:0000:0000:ffff:255.255.255.255]",
            "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com",
        ] {
            assert!(is_url(text), "{text:?}");
        }
    }

    #[test]
    fn refused() {
        for text in [
            "ftp://localhost/a b",
            "http://256.1.1.1",
            "http://[::1",
            "http://[1.2.3.4]/",
            "http://[v1.a]/",
            "http://[a]@example.com",
            "http://example",
            "http://😀.com",
            "http://?@example.com",
            "http://example.com:",
            "http://example.com:123456",
            "http://[0000:0000:0000:0000:0000:ffff:255.255.255.255]",
            "http://exa／mple.com",
            "http://-a.com",
            "http://a-.com",
            "http://a_b.com",
            "http://a..com",
            "http://.com",
            "http://foo.com/ x",
            "http://foo.com/\n",
            "http://foo.com/\u{1c}",
            "http://",
            "http",
            "//x.com",
            "mailto:a@b.co",
            "javascript://x.com",
            " http://x.com",
            "http://:@x.com",
            "http://u:p:q@x.com",
            "http://a@b@x.com",
            "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.com",
        ] {
            assert!(!is_url(text), "{text:?}");
        }
    }

    #[test]
    fn length() {
        let path = |length: usize| format!("http://x.com/{}", "é".repeat(length - 13));
        assert!(is_url(&path(2048)));
        assert!(!is_url(&path(2049)));
    }

    #[test]
    fn host_length() {
        let labels = ["a".repeat(60), "b".repeat(60), "c".repeat(60), "d".repeat(60)].join(".");
        assert!(is_url(&format!("http://{labels}.deutschla")));
        assert!(!is_url(&format!("http://{labels}.deutschlan")));
    }
}
