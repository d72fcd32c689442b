//! Python's `ipaddress` and `django.utils.ipv6`.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::has_at_most;

/// Eight groups of four digits and seven colons. Django's `MAX_IPV6_ADDRESS_LENGTH`.
const MAX_LENGTH: usize = 39;

/// `ipaddress.IPv4Address(text)`
pub(crate) fn is_ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

/// `is_valid_ipv6_address`
pub(crate) fn is_ipv6(text: &str) -> bool {
    django_ipv6(text).is_some()
}

/// `clean_ipv6_address`: the shortest way to write the address, in lower case and without its scope.
///
/// An IPv4-mapped address becomes an IPv4 address with `unpack_ipv4`, and `::ffff:192.0.2.1` without it.
pub(crate) fn normalise_ipv6(text: &str, unpack_ipv4: bool) -> Option<String> {
    let address = django_ipv6(text)?;
    match address.to_ipv4_mapped() {
        Some(mapped) if unpack_ipv4 => Some(mapped.to_string()),
        _ => Some(address.to_string()),
    }
}

fn django_ipv6(text: &str) -> Option<Ipv6Addr> {
    has_at_most(text, MAX_LENGTH).then(|| parse_ipv6(text))?
}

/// `ipaddress.IPv6Address(text)`, which may end with a scope: `fe80::1%eth0`.
pub(super) fn parse_ipv6(text: &str) -> Option<Ipv6Addr> {
    let address = match text.split_once('%') {
        Some((_, scope)) if scope.is_empty() || scope.contains(['%', '/']) => return None,
        Some((address, _)) => address,
        None => text,
    };
    address.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ipv4() {
        for text in ["1.2.3.4", "0.0.0.0", "255.255.255.255"] {
            assert!(is_ipv4(text), "{text:?}");
        }
        for text in ["256.1.1.1", "01.2.3.4", "1.2.3", "1.2.3.4.5", "1.2.3.٤", "1.2.3.4 ", "1.2.3.4/32", ""]
        {
            assert!(!is_ipv4(text), "{text:?}");
        }
    }

    #[test]
    fn ipv6() {
        // unpacked, and not
        let cases = [
            ("::", Some("::"), Some("::")),
            ("::1", Some("::1"), Some("::1")),
            ("2001:DB8::0:0:1", Some("2001:db8::1"), Some("2001:db8::1")),
            ("::ffff:1.2.3.4", Some("1.2.3.4"), Some("::ffff:1.2.3.4")),
            ("::ffff:102:304", Some("1.2.3.4"), Some("::ffff:1.2.3.4")),
            ("::1.2.3.4", Some("::102:304"), Some("::102:304")),
            ("64:ff9b::1.2.3.4", Some("64:ff9b::102:304"), Some("64:ff9b::102:304")),
            ("1:2:3:4:5:6:7:8", Some("1:2:3:4:5:6:7:8"), Some("1:2:3:4:5:6:7:8")),
            ("1:2:3:4:5:6:7::", Some("1:2:3:4:5:6:7:0"), Some("1:2:3:4:5:6:7:0")),
            ("1:2:3:4:5:6:7::8", None, None),
            ("1:0:0:2:0:0:0:3", Some("1:0:0:2::3"), Some("1:0:0:2::3")),
            ("1:0:2:3:4:5:6:7", Some("1:0:2:3:4:5:6:7"), Some("1:0:2:3:4:5:6:7")),
            ("fe80::1%eth0", Some("fe80::1"), Some("fe80::1")),
            ("fe80::1%", None, None),
            ("fe80::1%a%b", None, None),
            ("fe80::1%a/b", None, None),
            ("1::2::3", None, None),
            (":1:2:3:4:5:6:7", None, None),
            ("12345::", None, None),
            ("::g", None, None),
            ("1.2.3.4", None, None),
            ("::1 ", None, None),
            ("0000:0000:0000:0000:0000:ffff:255.255.255.255", None, None),
            ("", None, None),
        ];
        for (text, unpacked, packed) in cases {
            assert_eq!(normalise_ipv6(text, true).as_deref(), unpacked, "{text:?}");
            assert_eq!(normalise_ipv6(text, false).as_deref(), packed, "{text:?}");
            assert_eq!(is_ipv6(text), packed.is_some());
        }
    }
}
