//! The hosts that an app serves. Django's `ALLOWED_HOSTS`.

use http::header::HOST;
use http::{Extensions, HeaderMap};

/// The mark of a request of a test client, which may name the host `testserver`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TestRequest;

/// Returns whether the app serves the host that a request names. Links are built of it, so every other host is rejected.
pub(super) fn is_allowed(headers: &HeaderMap, extensions: &Extensions, allowed: &[String]) -> bool {
    let host = match headers.get(HOST) {
        Some(host) => host.as_bytes(),
        // The links of a request without a host begin with it.
        None => b"localhost",
    };
    // Most requests name a host as it is written in the settings, where it is a valid one.
    if allowed.iter().any(|pattern| pattern.as_bytes() == host && !pattern.starts_with('.') && pattern != "*")
    {
        return true;
    }
    let Some(domain) = domain(host) else { return false };
    allowed.iter().any(|pattern| matches(domain, pattern))
        || (domain == b"testserver" && extensions.get::<TestRequest>().is_some())
}

/// Returns the domain of `domain:port`, without a final dot. Django's `split_domain_port`.
fn domain(host: &[u8]) -> Option<&[u8]> {
    let end = match host.first()? {
        b'[' => host.iter().position(|byte| *byte == b']')? + 1,
        _ => host.iter().position(|byte| !is_of_name(*byte)).unwrap_or(host.len()),
    };
    let (domain, port) = host.split_at(end);
    let port_is_valid = match port {
        [] => true,
        [b':', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    (port_is_valid && is_domain(domain)).then(|| domain.strip_suffix(b".").unwrap_or(domain))
}

/// Returns whether a text is a name, an IPv4 address or a bracketed IPv6 address. Django's `host_validation_re`.
fn is_domain(text: &[u8]) -> bool {
    let [b'[', address @ .., b']'] = text else {
        return !text.is_empty() && text.iter().all(|byte| is_of_name(*byte));
    };
    let mut parts = address.splitn(2, |byte| *byte == b':');
    let (first, rest) = (parts.next(), parts.next());
    first.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        && rest.is_some_and(|rest| !rest.is_empty() && rest.iter().all(|byte| is_of_address(*byte)))
}

fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}

fn is_of_address(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.')
}

/// Returns whether a domain is the one of a pattern, or below it where the pattern begins with a dot. Django's
/// `is_same_domain`.
fn matches(domain: &[u8], pattern: &str) -> bool {
    let pattern = pattern.as_bytes();
    match pattern {
        b"*" => true,
        [b'.', parent @ ..] => {
            domain.eq_ignore_ascii_case(parent)
                || domain
                    .len()
                    .checked_sub(pattern.len())
                    .is_some_and(|start| domain[start..].eq_ignore_ascii_case(pattern))
        }
        _ => domain.eq_ignore_ascii_case(pattern),
    }
}

/// Returns why a pattern of `allowed_hosts` matches no host, if it matches none.
pub(super) fn problem(pattern: &str) -> Option<String> {
    let domain = pattern.strip_prefix('.').unwrap_or(pattern);
    if pattern == "*" || (is_domain(domain.as_bytes()) && !domain.ends_with('.')) {
        return None;
    }
    Some(format!(
        "`allowed_hosts`: `{pattern}` matches no host; write a domain such as `example.com` or `.example.com`, an address such as \
         `127.0.0.1` or `[::1]`, without scheme and port, or `*`"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: [&str; 4] = ["Example.com", ".sub.example", "127.0.0.1", "[::1]"];

    fn allowed(host: &str) -> bool {
        domain(host.as_bytes()).is_some_and(|domain| ALLOWED.iter().any(|pattern| matches(domain, pattern)))
    }

    /// Recorded from Django 5.2.
    #[test]
    fn hosts_are_matched_as_in_django() {
        for host in [
            "example.com",
            "EXAMPLE.com",
            "example.com.",
            "example.com:80",
            "sub.example",
            "a.sub.example",
            "A.SUB.example.:9",
            "[::1]",
            "[::1]:8",
            "127.0.0.1:99999",
            "..sub.example",
            "sub.example.",
            ".sub.example",
            "-a.sub.example",
        ] {
            assert!(allowed(host), "{host}");
        }
        for host in [
            "",
            "example.com:",
            "example.com:x",
            "example.com:8x",
            "example.com:80:80",
            "example.com:٣",
            ".example.com",
            "example.com..",
            "asub.example",
            "[::2]",
            "[::1",
            "[::1]x",
            "[::1].",
            "[0:0:0:0:0:0:0:1]",
            "[example.com]",
            "::1",
            "evil",
            "exa mple.com",
            " example.com",
            "example.com,evil",
            "example.com/evil",
            "user@example.com",
            "exämple.com",
            "_x.sub.example",
        ] {
            assert!(!allowed(host), "{host}");
        }
    }

    #[test]
    fn a_pattern_that_matches_no_host_is_a_problem() {
        for pattern in ["*", "example.com", ".example.com", "127.0.0.1", "[::1]"] {
            assert_eq!(problem(pattern), None, "{pattern}");
        }
        for pattern in
            ["", ".", "https://example.com", "example.com:80", "example.com.", "::1", "*.example.com"]
        {
            assert!(problem(pattern).is_some(), "{pattern}");
        }
    }
}
