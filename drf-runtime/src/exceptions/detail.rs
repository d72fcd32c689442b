use std::fmt;

use indexmap::IndexMap;

use crate::value::{Dict, Value};

/// The body of an error: a message, or a list or object of such. DRF's `detail`.
#[derive(Debug, Clone, PartialEq)]
pub enum Detail {
    /// A message with its code
    Text(ErrorDetail),
    /// Several of them
    List(Vec<Detail>),
    /// Several of them by field
    Dict(IndexMap<String, Detail>),
}

/// A message for people and a code for programs. DRF's `ErrorDetail`.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorDetail {
    /// The message
    pub string: String,
    /// The code, as in `exc.get_codes()`
    pub code: &'static str,
}

impl Detail {
    /// Creates a message with its code.
    pub fn text(string: impl Into<String>, code: &'static str) -> Self {
        Detail::Text(ErrorDetail { string: string.into(), code })
    }

    /// Returns the same shape with codes in place of messages. DRF's `get_codes()`.
    pub fn get_codes(&self) -> Value {
        self.map(&|error| Value::from(error.code))
    }

    /// Returns the same shape with message and code. DRF's `get_full_details()`.
    pub fn get_full_details(&self) -> Value {
        self.map(&|error| {
            let entries =
                [("message", Value::from(error.string.as_str())), ("code", Value::from(error.code))];
            Value::Dict(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Dict>())
        })
    }

    /// Returns the number of messages.
    pub(crate) fn count(&self) -> usize {
        match self {
            Detail::Text(_) => 1,
            Detail::List(list) => list.iter().map(Detail::count).sum(),
            Detail::Dict(dict) => dict.values().map(Detail::count).sum(),
        }
    }

    /// Returns the same shape with messages only: what the client gets.
    pub fn to_value(&self) -> Value {
        self.map(&|error| Value::from(error.string.as_str()))
    }

    fn map(&self, leaf: &dyn Fn(&ErrorDetail) -> Value) -> Value {
        match self {
            Detail::Text(error) => leaf(error),
            Detail::List(list) => Value::List(list.iter().map(|detail| detail.map(leaf)).collect()),
            Detail::Dict(dict) => {
                Value::Dict(dict.iter().map(|(key, detail)| (key.clone(), detail.map(leaf))).collect())
            }
        }
    }

    /// Under which fields an error of the whole object is reported. DRF's `as_serializer_error`.
    pub(crate) fn into_serializer_error(self, non_field_errors_key: &str) -> IndexMap<String, Detail> {
        match self {
            Detail::Dict(dict) => dict.into_iter().map(|(key, detail)| (key, detail.into_list())).collect(),
            other => IndexMap::from([(non_field_errors_key.to_owned(), other.into_list())]),
        }
    }

    /// Returns the messages of one field: always a list or an object.
    pub(crate) fn into_list(self) -> Self {
        match self {
            Detail::Text(_) => Detail::List(vec![self]),
            other => other,
        }
    }
}

impl From<Value> for Detail {
    fn from(value: Value) -> Self {
        match value {
            Value::List(list) => Detail::List(list.into_iter().map(Detail::from).collect()),
            Value::Dict(dict) => {
                Detail::Dict(dict.into_iter().map(|(key, value)| (key, Detail::from(value))).collect())
            }
            Value::String(text) => Detail::text(text, "invalid"),
            Value::Null => Detail::text("None", "invalid"),
            Value::Bool(true) => Detail::text("True", "invalid"),
            Value::Bool(false) => Detail::text("False", "invalid"),
            other => Detail::text(crate::value::json::json_text(&other), "invalid"),
        }
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Detail::Text(error) => f.write_str(&error.string),
            Detail::List(list) => f.debug_list().entries(list.iter().map(ToString::to_string)).finish(),
            Detail::Dict(dict) => {
                f.debug_map().entries(dict.iter().map(|(key, value)| (key, value.to_string()))).finish()
            }
        }
    }
}
