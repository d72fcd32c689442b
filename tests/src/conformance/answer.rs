//! What came back from the server.

use std::collections::BTreeMap;

use super::json::Json;

/// An HTTP answer.
#[derive(Clone, Debug, Default)]
pub struct TestResponse {
    /// The status code
    pub status: u16,
    /// Names in lower case and values, in the order in which they came
    pub headers: Vec<(String, String)>,
    /// The body, already without chunks
    pub body: Vec<u8>,
}

/// One `Set-Cookie`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// The value
    pub value: String,
    /// The attributes as they were written, sorted
    pub attributes: Vec<String>,
}

impl TestResponse {
    /// The values of all headers of this (lower-case) name, joined by commas.
    pub fn header(&self, name: &str) -> Option<String> {
        let values: Vec<_> = self.values(name).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The cookies that the answer sets, by name.
    pub fn cookies(&self) -> BTreeMap<String, Cookie> {
        let cookies = self.values("set-cookie").map(|line| {
            let mut parts = line.split(';').map(str::trim);
            let first = parts.next().unwrap_or_default();
            let (name, value) = first.split_once('=').unwrap_or((first, ""));
            let mut attributes: Vec<_> = parts.map(str::to_owned).collect();
            attributes.sort();
            (name.to_owned(), Cookie { value: value.to_owned(), attributes })
        });
        cookies.collect()
    }

    /// Whether the content type says JSON.
    pub fn is_json(&self) -> bool {
        let content_type = self.header("content-type").unwrap_or_default();
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        kind == "application/json" || kind.ends_with("+json")
    }

    /// The body as JSON, if it is JSON.
    pub fn json(&self) -> Option<Json> {
        std::str::from_utf8(&self.body).ok().and_then(|text| Json::parse(text.as_bytes()).ok())
    }

    /// The body as text; bytes that are not UTF-8 become replacement characters.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}
