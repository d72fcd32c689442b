use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, percent_decode_str, utf8_percent_encode};

use crate::request::Request;

/// The characters that Python's `quote_plus` does not quote. A blank becomes `+` afterwards.
const COMPONENT: AsciiSet = all_but(b"_.-~ ");

/// The characters that Django's `escape_uri_path` does not quote.
const PATH: AsciiSet = all_but(b"_.-~/:@&+$,!*'()");

const fn all_but(kept: &[u8]) -> AsciiSet {
    let mut set = NON_ALPHANUMERIC.remove(kept[0]);
    let mut index = 1;
    while index < kept.len() {
        set = set.remove(kept[index]);
        index += 1;
    }
    set
}

/// Returns a URL with one value for a query parameter, in place of those it had. The parameters are sorted.
///
/// ```
/// use drf::pagination::replace_query_param;
///
/// let url = replace_query_param("http://x/books/?search=a+b&page=2", "page", 3);
/// assert_eq!(url, "http://x/books/?page=3&search=a+b");
/// ```
pub fn replace_query_param(url: &str, key: &str, value: impl fmt::Display) -> String {
    PageLink::parse(url).set(key, value).to_string()
}

/// Returns a URL without a query parameter. The others are sorted.
pub fn remove_query_param(url: &str, key: &str) -> String {
    PageLink::parse(url).remove(key).to_string()
}

/// A URL whose query parameters can be changed.
#[derive(Debug, Clone)]
pub(super) struct PageLink<'a> {
    base: Cow<'a, str>,
    query: BTreeMap<Cow<'a, str>, Vec<Cow<'a, str>>>,
    fragment: Option<&'a str>,
}

impl<'a> PageLink<'a> {
    /// Returns the URL of a request. Django's `build_absolute_uri()`.
    pub(super) fn of(request: &'a Request) -> Self {
        let base = request.build_absolute_uri(&escape_path(request.uri().path()));
        Self { base: base.into(), query: parse_query(request.uri().query().unwrap_or("")), fragment: None }
    }

    fn parse(url: &'a str) -> Self {
        let (url, fragment) =
            url.split_once('#').map_or((url, None), |(url, fragment)| (url, Some(fragment)));
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        Self {
            base: base.into(),
            query: parse_query(query),
            fragment: fragment.filter(|text| !text.is_empty()),
        }
    }

    pub(super) fn set(mut self, key: &'a str, value: impl fmt::Display) -> Self {
        self.query.insert(key.into(), vec![value.to_string().into()]);
        self
    }

    pub(super) fn remove(mut self, key: &str) -> Self {
        self.query.remove(key);
        self
    }
}

impl fmt::Display for PageLink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)?;
        let pairs = self.query.iter().flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
        for (index, (key, value)) in pairs.enumerate() {
            f.write_char(if index == 0 { '?' } else { '&' })?;
            write_component(key, f)?;
            f.write_char('=')?;
            write_component(value, f)?;
        }
        self.fragment.map_or(Ok(()), |fragment| write!(f, "#{fragment}"))
    }
}

/// Python's `parse_qs(query, keep_blank_values=True)`, sorted.
fn parse_query(query: &str) -> BTreeMap<Cow<'_, str>, Vec<Cow<'_, str>>> {
    let mut lists: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for field in query.split('&').filter(|field| !field.is_empty()) {
        let (key, value) = field.split_once('=').unwrap_or((field, ""));
        lists.entry(decode(key)).or_default().push(decode(value));
    }
    lists
}

fn decode(component: &str) -> Cow<'_, str> {
    if !component.contains(['+', '%']) {
        return component.into();
    }
    let spaced = component.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned().into()
}

fn write_component(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            f.write_char('+')?;
        }
        utf8_percent_encode(word, &COMPONENT).try_for_each(|piece| f.write_str(piece))?;
    }
    Ok(())
}

/// Returns the path as Django writes it again after decoding it. Bytes that are not UTF-8 stay escaped, and so are escaped twice.
fn escape_path(path: &str) -> String {
    let bytes: Cow<'_, [u8]> = percent_decode(path.as_bytes()).into();
    let mut escaped = String::with_capacity(path.len());
    for chunk in bytes.utf8_chunks() {
        escaped.extend(utf8_percent_encode(chunk.valid(), &PATH));
        for byte in chunk.invalid() {
            let _ = write!(escaped, "%25{byte:02X}");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A query; the same with `page=2`; the same without `page`. As `rest_framework.utils.urls` gave them.
    #[rustfmt::skip]
    const CASES: [(&str, &str, &str); 20] = [
        ("", "page=2", ""),
        ("page=1", "page=2", ""),
        ("page=1&page=3", "page=2", ""),
        ("b=2&a=1", "a=1&b=2&page=2", "a=1&b=2"),
        ("page", "page=2", ""),
        ("a&b=&=c", "=c&a=&b=&page=2", "=c&a=&b="),
        ("&&a=1&", "a=1&page=2", "a=1"),
        ("search=a+b%20c", "page=2&search=a+b+c", "search=a+b+c"),
        ("x=a%2Bb&y=%E4%B8%AD", "page=2&x=a%2Bb&y=%E4%B8%AD", "x=a%2Bb&y=%E4%B8%AD"),
        ("q=中 文", "page=2&q=%E4%B8%AD+%E6%96%87", "q=%E4%B8%AD+%E6%96%87"),
        ("~=-._~*'()!$,;:@/?", "page=2&~=-._~%2A%27%28%29%21%24%2C%3B%3A%40%2F%3F", "~=-._~%2A%27%28%29%21%24%2C%3B%3A%40%2F%3F"),
        ("a=%ff&b=%e4%b8&c=%zz&d=100%", "a=%EF%BF%BD&b=%EF%BF%BD&c=%25zz&d=100%25&page=2", "a=%EF%BF%BD&b=%EF%BF%BD&c=%25zz&d=100%25"),
        ("a=b=c&A=1", "A=1&a=b%3Dc&page=2", "A=1&a=b%3Dc"),
        ("tag=2&tag=1", "page=2&tag=2&tag=1", "tag=2&tag=1"),
        ("page%3d=1&p%61ge=7", "page=2&page%3D=1", "page%3D=1"),
        ("é=1&z=1&Z=2&_=3&ｚ=1&😀=1", "Z=2&_=3&page=2&z=1&%C3%A9=1&%EF%BD%9A=1&%F0%9F%98%80=1", "Z=2&_=3&z=1&%C3%A9=1&%EF%BD%9A=1&%F0%9F%98%80=1"),
        ("a=%F0%9F%98&b=%C0%80&c=%ED%A0%80", "a=%EF%BF%BD&b=%EF%BF%BD%EF%BF%BD&c=%EF%BF%BD%EF%BF%BD%EF%BF%BD&page=2", "a=%EF%BF%BD&b=%EF%BF%BD%EF%BF%BD&c=%EF%BF%BD%EF%BF%BD%EF%BF%BD"),
        ("a=%00%0a", "a=%00%0A&page=2", "a=%00%0A"),
        ("a;b=1", "a%3Bb=1&page=2", "a%3Bb=1"),
        ("a=[]|{}\\^`\"<>", "a=%5B%5D%7C%7B%7D%5C%5E%60%22%3C%3E&page=2", "a=%5B%5D%7C%7B%7D%5C%5E%60%22%3C%3E"),
    ];

    #[test]
    fn parameters_are_replaced_and_removed() {
        for (query, replaced, removed) in CASES {
            let url =
                if query.is_empty() { "http://x/a/".to_owned() } else { format!("http://x/a/?{query}") };
            assert_eq!(replace_query_param(&url, "page", 2), format!("http://x/a/?{replaced}"), "{query}");
            let removed =
                if removed.is_empty() { "http://x/a/".to_owned() } else { format!("http://x/a/?{removed}") };
            assert_eq!(remove_query_param(&url, "page"), removed, "{query}");
        }
    }

    #[test]
    fn paths_are_written_as_django_writes_them() {
        let cases = [
            ("/n%61me/%E4%B8%AD/中", "/name/%E4%B8%AD/%E4%B8%AD"),
            ("/a%FF/%e4%b8/x", "/a%25FF/%25E4%25B8/x"),
            ("/a%20b;c=1,d@e:f&g+h$i!j*k'l(m)n~o-p_q.r", "/a%20b%3Bc%3D1,d@e:f&g+h$i!j*k'l(m)n~o-p_q.r"),
            ("/a%25b%2Fc%3F/", "/a%25b/c%3F/"),
            ("/a\"<>[]^|{}", "/a%22%3C%3E%5B%5D%5E%7C%7B%7D"),
            ("/%zz/%", "/%25zz/%25"),
        ];
        for (path, expected) in cases {
            assert_eq!(escape_path(path), expected);
        }
    }

    #[test]
    fn fragments_stay() {
        assert_eq!(replace_query_param("/a#b?c", "p", 1), "/a?p=1#b?c");
        assert_eq!(remove_query_param("/a?p=1#", "p"), "/a");
    }
}
