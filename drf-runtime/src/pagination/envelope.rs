use http::StatusCode;

use crate::response::Response;
use crate::value::Value;
use crate::value::json::{write_string, write_value};

/// The object around the results of a page, written as JSON without parsing them.
///
/// ```
/// use drf::pagination::Envelope;
///
/// let response = Envelope::new().with("total", 2u64).with_json("items", b"[1,2]").into_response();
/// assert_eq!(response.data().unwrap().get("total"), Some(&2i64.into()));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    text: Vec<u8>,
}

impl Envelope {
    /// Creates an object without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an entry.
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.write_key(key);
        write_value(&value.into(), &mut self.text);
        self
    }

    /// Adds an entry whose value is JSON text already: the results. It must be valid and compact.
    pub fn with_json(mut self, key: &str, json: &[u8]) -> Self {
        self.text.reserve(json.len() + key.len() + 8);
        self.write_key(key);
        self.text.extend_from_slice(json);
        self
    }

    /// 200 with the object.
    pub fn into_response(mut self) -> Response {
        self.text.extend_from_slice(if self.text.is_empty() { b"{}" } else { b"}" });
        Response::json(StatusCode::OK, self.text)
    }

    fn write_key(&mut self, key: &str) {
        self.text.push(if self.text.is_empty() { b'{' } else { b',' });
        write_string(key, &mut self.text);
        self.text.push(b':');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_in_order() {
        let envelope = Envelope::new().with("a\"", 1i64).with_json("r", b"[{}]").with("n", None::<&str>);
        let expected = Response::json(StatusCode::OK, br#"{"a\"":1,"r":[{}],"n":null}"#.to_vec());
        assert_eq!(envelope.into_response(), expected);
        assert_eq!(Envelope::new().into_response(), Response::json(StatusCode::OK, b"{}".to_vec()));
    }
}
