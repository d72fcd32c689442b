use std::net::IpAddr;

use crate::request::Request;
use crate::text::unicode::{is_space, strip};

/// Returns the address of the client, for keys. DRF's `get_ident`.
///
/// It is the address of the peer, or what the proxies before the server wrote into `X-Forwarded-For`: the setting
/// `num_proxies` says how many of its entries, counted from the last, can be trusted. Without that setting the whole
/// header is the address, which a client can choose as it likes: set it, to 0 where there is no proxy.
///
/// Empty if the server does not note the addresses of its peers.
pub fn get_ident(request: &Request) -> String {
    let headers = request.headers().get_all("x-forwarded-for");
    // Headers are Latin-1, and several of one name are one, as WSGI has it.
    let values: Vec<String> =
        headers.iter().map(|value| value.as_bytes().iter().copied().map(char::from).collect()).collect();
    let forwarded = (!values.is_empty()).then(|| values.join(","));
    ident(forwarded.as_deref(), request.peer_addr(), request.settings().num_proxies)
}

fn ident(forwarded: Option<&str>, peer: Option<IpAddr>, num_proxies: Option<usize>) -> String {
    let peer = || peer.map(|address| address.to_canonical().to_string()).unwrap_or_else(String::new);
    match (num_proxies, forwarded) {
        (Some(0), _) | (_, None) | (None, Some("")) => peer(),
        (Some(proxies), Some(forwarded)) => {
            let addresses: Vec<&str> = forwarded.split(',').collect();
            strip(addresses[addresses.len().saturating_sub(proxies)]).to_owned()
        }
        (None, Some(forwarded)) => forwarded.split(is_space).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every case was run through DRF's `BaseThrottle.get_ident`.
    #[test]
    fn the_address_is_what_the_proxies_say() {
        let peer = Some(IpAddr::from([10, 0, 0, 1]));
        let cases = [
            (None, None, "10.0.0.1"),
            (None, Some(""), "10.0.0.1"),
            (None, Some("1.1.1.1, 2.2.2.2"), "1.1.1.1,2.2.2.2"),
            (Some(0), Some("1.1.1.1"), "10.0.0.1"),
            (Some(1), None, "10.0.0.1"),
            (Some(1), Some("1.1.1.1"), "1.1.1.1"),
            (Some(1), Some("1.1.1.1, 2.2.2.2"), "2.2.2.2"),
            (Some(2), Some("1.1.1.1, 2.2.2.2"), "1.1.1.1"),
            (Some(3), Some("1.1.1.1, 2.2.2.2"), "1.1.1.1"),
            (Some(usize::MAX), Some("1.1.1.1 ,2.2.2.2"), "1.1.1.1"),
            (Some(1), Some(""), ""),
            (Some(1), Some("1.1.1.1,"), ""),
        ];
        for (num_proxies, forwarded, expected) in cases {
            assert_eq!(ident(forwarded, peer, num_proxies), expected, "{num_proxies:?} {forwarded:?}");
        }
        assert_eq!(ident(None, None, Some(1)), "");
    }
}
