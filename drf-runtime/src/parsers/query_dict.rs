use std::borrow::Cow;

use indexmap::IndexMap;
use percent_encoding::percent_decode;

use super::{Charset, Limits, ParseError};
use crate::value::Value;

/// A form or a query string: keys in the order in which they first came, each with all its values.
///
/// ```
/// use drf::parsers::{Limits, QueryDict};
///
/// let query = QueryDict::from_query("tag=a&tag=b&q=x+y", &Limits::default())?;
/// assert_eq!(query.get("tag").and_then(|value| value.as_str()), Some("b"));
/// assert_eq!(query.getlist("tag").len(), 2);
/// assert_eq!(query.keys().collect::<Vec<_>>(), ["tag", "q"]);
/// # Ok::<(), drf::parsers::ParseError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryDict {
    lists: IndexMap<String, Vec<Value>>,
}

impl QueryDict {
    /// Reads a query string. Fields without a value are empty texts.
    pub fn from_query(query: &str, limits: &Limits) -> Result<Self, ParseError> {
        Self::from_urlencoded(query.as_bytes(), Charset::Utf8, limits)
    }

    pub(super) fn from_urlencoded(
        text: &[u8],
        charset: Charset,
        limits: &Limits,
    ) -> Result<Self, ParseError> {
        let fields = || text.split(|byte| *byte == b'&');
        if fields().count() > limits.max_fields {
            return Err(too_many_fields(limits));
        }
        Ok(fields().filter(|field| !field.is_empty()).map(|field| decode_field(field, charset)).collect())
    }

    /// Adds a value to those of a key.
    pub fn append(&mut self, key: impl Into<String>, value: impl Into<Value>) {
        self.lists.entry(key.into()).or_default().push(value.into());
    }

    /// Returns the last value of a key.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.getlist(key).last()
    }

    /// Returns all values of a key; none if there is no such key.
    pub fn getlist(&self, key: &str) -> &[Value] {
        self.lists.get(key).map_or(&[], Vec::as_slice)
    }

    /// Returns whether the key came at all.
    pub fn contains_key(&self, key: &str) -> bool {
        self.lists.contains_key(key)
    }

    /// Returns each key once.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(String::as_str)
    }

    /// Returns each key with all its values.
    pub fn lists(&self) -> impl Iterator<Item = (&str, &[Value])> {
        self.lists.iter().map(|(key, values)| (key.as_str(), values.as_slice()))
    }

    /// Returns each value with its key; the values of a key follow each other.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.lists().flat_map(|(key, values)| values.iter().map(move |value| (key, value)))
    }

    /// Returns whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}

impl<K: Into<String>, V: Into<Value>> Extend<(K, V)> for QueryDict {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        for (key, value) in pairs {
            self.append(key, value);
        }
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for QueryDict {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut form = Self::default();
        form.extend(pairs);
        form
    }
}

pub(super) fn too_many_fields(limits: &Limits) -> ParseError {
    ParseError::too_large(format_args!("The number of GET/POST parameters exceeded {}.", limits.max_fields))
}

fn decode_field(field: &[u8], charset: Charset) -> (String, String) {
    let mut parts = field.splitn(2, |byte| *byte == b'=');
    let mut component = || decode_component(parts.next().unwrap_or(b""), charset);
    (component(), component())
}

// `form_urlencoded` decodes UTF-8 only, and a form may be in another charset
fn decode_component(component: &[u8], charset: Charset) -> String {
    let spaced: Vec<u8> = component.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    let bytes: Cow<'_, [u8]> = percent_decode(&spaced).into();
    charset.decode_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &str) -> Vec<(String, String)> {
        let form = QueryDict::from_query(query, &Limits::default()).expect("few fields");
        form.iter().map(|(key, value)| (key.to_owned(), value.as_str().expect("text").to_owned())).collect()
    }

    #[track_caller]
    fn check(query: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> =
            expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        assert_eq!(pairs(query), expected);
    }

    #[test]
    fn blank_values_are_kept() {
        check("a=1&a=2&b=&c", &[("a", "1"), ("a", "2"), ("b", ""), ("c", "")]);
        check("&&=x&", &[("", "x")]);
        check("", &[]);
    }

    #[test]
    fn plus_and_percent_are_decoded() {
        check("q=%E4%B8%AD+x%20y", &[("q", "中 x y")]);
        check("a%3Db=c%26d%2B", &[("a=b", "c&d+")]);
        check("q=中", &[("q", "中")]);
        check("a=b=c;d=e", &[("a", "b=c;d=e")]);
    }

    #[test]
    fn broken_escapes_do_no_harm() {
        check("a=%ff&b=%zz&c=100%", &[("a", "\u{fffd}"), ("b", "%zz"), ("c", "100%")]);
    }

    #[test]
    fn values_of_a_key_are_gathered_at_its_first_place() {
        let form = QueryDict::from_iter([("b", "1"), ("a", "2"), ("b", "3")]);
        assert_eq!(form.keys().collect::<Vec<_>>(), ["b", "a"]);
        assert_eq!(form.getlist("b"), [Value::from("1"), Value::from("3")]);
        assert_eq!(form.get("b"), Some(&Value::from("3")));
        assert!(form.contains_key("a") && !form.contains_key("c"));
        assert_eq!((form.get("c"), form.getlist("c").len()), (None, 0));
    }

    #[test]
    fn fields_are_limited() {
        let limits = Limits { max_fields: 2, ..Limits::default() };
        assert!(QueryDict::from_query("a&b", &limits).is_ok());
        let error = ParseError::too_large("The number of GET/POST parameters exceeded 2.");
        assert_eq!(QueryDict::from_query("a&b&c", &limits), Err(error));
    }
}
