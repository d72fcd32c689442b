//! The values of a request body and of a response that was not read from a table.

mod document;
pub(crate) mod json;
mod python;

use std::fmt;
use std::str::FromStr;

use indexmap::IndexMap;

use crate::uploads::UploadedFile;

use json::{Limits, ParseError, json_text, read_json};
pub(crate) use python::write_python_json;

/// A JSON value with Python's integers, plus uploaded files.
///
/// A parser makes it of a request body; a view may respond with one. Objects keep the order of their keys.
/// Where two keys of an object are equal, the first one's place and the last one's value count, as in Python.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` and `false`
    Bool(bool),
    /// An integer of 64 bits
    Int(i64),
    /// Any larger integer: an optional `-` and decimal digits
    BigInt(Box<str>),
    /// A number with a fraction or an exponent; always finite
    Float(f64),
    /// Text
    String(String),
    /// An array
    List(Vec<Value>),
    /// An object
    Dict(Dict),
    /// A file of a multipart body or of a raw upload
    File(Box<UploadedFile>),
}

/// A JSON object: keys in the order in which they came.
pub type Dict = IndexMap<String, Value>;

impl Value {
    /// Returns the name Python has for the type: `NoneType`, `bool`, `int`, `float`, `str`, `list`, `dict`. DRF's messages use it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "NoneType",
            Value::Bool(_) => "bool",
            Value::Int(_) | Value::BigInt(_) => "int",
            Value::Float(_) => "float",
            Value::String(_) => "str",
            Value::List(_) => "list",
            Value::Dict(_) => "dict",
            Value::File(_) => "InMemoryUploadedFile",
        }
    }

    /// Returns the value of a key, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            // looking through a few keys costs less than the hash of one
            Value::Dict(dict) if dict.len() <= 16 => {
                dict.iter().find(|(known, _)| *known == key).map(|(_, value)| value)
            }
            Value::Dict(dict) => dict.get(key),
            _ => None,
        }
    }

    /// Returns the value of a key for changing it, if this is an object that has it.
    ///
    /// ```
    /// use drf::Value;
    ///
    /// let mut book = Value::from([("price", 5)]);
    /// if let Some(price) = book.get_mut("price") {
    ///     *price = 6.into();
    /// }
    /// assert_eq!(book, Value::from([("price", 6)]));
    /// ```
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        match self {
            Value::Dict(dict) => dict.get_mut(key),
            _ => None,
        }
    }

    /// Returns the text, if this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

macro_rules! from {
    ($($type:ty => |$value:ident| $convert:expr;)*) => {$(
        impl From<$type> for Value {
            fn from($value: $type) -> Self {
                $convert
            }
        }
    )*};
}

from! {
    bool => |value| Value::Bool(value);
    i16 => |value| Value::Int(value.into());
    i32 => |value| Value::Int(value.into());
    i64 => |value| Value::Int(value);
    u32 => |value| Value::Int(value.into());
    u64 => |value| i64::try_from(value).map_or_else(|_| Value::BigInt(value.to_string().into()), Value::Int);
    f64 => |value| if value.is_finite() { Value::Float(value) } else { Value::Null };
    &str => |value| Value::String(value.to_owned());
    String => |value| Value::String(value);
    Dict => |value| Value::Dict(value);
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// An object: `Value::from([("address", "...")])`.
impl<K: Into<String>, T: Into<Value>, const N: usize> From<[(K, T); N]> for Value {
    fn from(entries: [(K, T); N]) -> Self {
        Value::Dict(entries.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(values: Vec<T>) -> Self {
        Value::List(values.into_iter().map(Into::into).collect())
    }
}

/// Writes compact JSON, in which integers of any size are exact.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&json_text(self))
    }
}

/// Reads JSON, in which integers of any size are exact. Like that of a request, it may be 100 levels deep.
///
/// ```
/// use drf::Value;
///
/// let value: Value = r#"{"big": 123456789012345678901234567890}"#.parse()?;
/// assert_eq!(value.to_string(), r#"{"big":123456789012345678901234567890}"#);
/// # Ok::<(), drf::parsers::ParseError>(())
/// ```
impl FromStr for Value {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Ok(read_json(text.as_bytes(), Limits::default())?)
    }
}
