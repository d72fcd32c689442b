//! The values of a request body and of an answer that was not read from a table.

use std::fmt;
use std::str::FromStr;

use indexmap::IndexMap;

use crate::parsers::{Limits, ParseError};
use crate::uploads::UploadedFile;

/// A JSON value with Python's integers, plus uploaded files.
///
/// A parser makes it of a request body; a view may answer with one. Objects keep the order of their keys.
/// Where two keys of an object are equal, the first one's place and the last one's value are kept, as in Python.
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
    /// The name Python has for the type: `NoneType`, `bool`, `int`, `float`, `str`, `list`, `dict`. DRF's messages use it.
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

    /// The value of a key, if this is an object that has it.
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

    /// The text, if this is a string.
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

impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(value),
            serde_json::Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                (Some(integer), _) => Value::Int(integer),
                (None, Some(float)) if number.is_f64() => Value::Float(float),
                _ => Value::BigInt(number.to_string().into()),
            },
            serde_json::Value::String(text) => Value::String(text),
            serde_json::Value::Array(values) => values.into(),
            serde_json::Value::Object(map) => match big_integer(&map) {
                Some(digits) => Value::BigInt(digits.into()),
                None => Value::Dict(
                    map.into_iter().map(|(key, value)| (unescaped_key(key), value.into())).collect(),
                ),
            },
        }
    }
}

/// The key of an object that stands for an integer of more than 64 bits in a document of serde_json, which has none. Keys of a
/// client that begin with NUL get a second one, so that none of them is this one.
const BIG_INTEGER: &str = "\0integer";

/// Returns the digits of an integer that an object stands for.
fn big_integer(map: &serde_json::Map<String, serde_json::Value>) -> Option<&str> {
    let digits = map.get(BIG_INTEGER).filter(|_| map.len() == 1)?.as_str()?;
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    (!unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

fn escaped_key(key: &str) -> String {
    if key.starts_with('\0') { format!("\0{key}") } else { key.to_owned() }
}

fn unescaped_key(mut key: String) -> String {
    if key.starts_with("\0\0") {
        key.remove(0);
    }
    key
}

impl Value {
    /// Returns the value as a document for a JSON column, in which integers of any size are exact.
    pub(crate) fn to_document(&self) -> serde_json::Value {
        match self {
            Value::BigInt(digits) => serde_json::json!({ BIG_INTEGER: digits }),
            Value::List(items) => items.iter().map(Self::to_document).collect(),
            Value::Dict(dict) => {
                dict.iter().map(|(key, value)| (escaped_key(key), value.to_document())).collect()
            }
            other => other.into(),
        }
    }
}

/// For a JSON column. An integer of more than 64 bits becomes a float, or text where it is beyond these too, unless
/// serde_json's `arbitrary_precision` is on; a file is its name.
impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => (*value).into(),
            Value::Int(number) => (*number).into(),
            Value::BigInt(digits) => serde_json::from_str(digits).unwrap_or_else(|_| Self::from(&**digits)),
            Value::Float(number) => (*number).into(),
            Value::String(text) => text.as_str().into(),
            Value::List(items) => items.iter().map(Self::from).collect(),
            Value::Dict(dict) => {
                Self::Object(dict.iter().map(|(key, value)| (key.clone(), value.into())).collect())
            }
            Value::File(file) => file.name.as_str().into(),
        }
    }
}

/// Writes compact JSON, in which integers of any size are exact.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::renderers::json_text(self))
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
        crate::parsers::parse_json_within(text.as_bytes(), Limits::default().max_depth)
    }
}

impl Value {
    /// The value as Python's `str()` shows it: messages quote input like that.
    pub(crate) fn to_python_str(&self) -> String {
        match self {
            Value::String(text) => text.clone(),
            Value::File(file) => file.name.clone(),
            other => other.to_python_repr(),
        }
    }

    fn to_python_repr(&self) -> String {
        match self {
            Value::Null => "None".to_owned(),
            Value::Bool(true) => "True".to_owned(),
            Value::Bool(false) => "False".to_owned(),
            Value::String(text) => python_quoted(text),
            Value::List(items) => {
                format!("[{}]", items.iter().map(Value::to_python_repr).collect::<Vec<_>>().join(", "))
            }
            Value::Dict(dict) => {
                let entry = |(key, value): (&String, &Value)| {
                    format!("{}: {}", Value::from(key.as_str()).to_python_repr(), value.to_python_repr())
                };
                format!("{{{}}}", dict.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
            scalar => crate::renderers::json_text(scalar),
        }
    }
}

/// Python's `repr` of a text: in single quotes unless only these are in it; what cannot be printed is escaped.
fn python_quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut quoted = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\\' => quoted.push_str("\\\\"),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            _ if letter == quote => quoted.extend(['\\', letter]),
            ' '..='~' => quoted.push(letter),
            _ if is_printable(letter) => quoted.push(letter),
            _ => quoted.push_str(&escaped(letter)),
        }
    }
    quoted.push(quote);
    quoted
}

fn escaped(letter: char) -> String {
    match u32::from(letter) {
        code @ ..0x100 => format!("\\x{code:02x}"),
        code @ ..0x10000 => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Python's `str.isprintable`: Rust escapes by the same rule, but for a mark that does not stand behind a letter.
fn is_printable(letter: char) -> bool {
    format!("a{letter}").escape_debug().eq(['a', letter])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_quoted_as_python_quotes_them() {
        let cases = [
            ("a", "['a']"),
            ("it's", "[\"it's\"]"),
            ("it's \"x\"", r#"['it\'s "x"']"#),
            ("\"x\"", r#"['"x"']"#),
            ("a\\b'", r#"["a\\b'"]"#),
            ("\t\r\n\0\u{7f}\u{a0}", r"['\t\r\n\x00\x7f\xa0']"),
            ("é中😀e\u{301}", "['é中😀e\u{301}']"),
            ("\u{feff}\u{200b}\u{e000}\u{e0001}", r"['\ufeff\u200b\ue000\U000e0001']"),
        ];
        for (text, expected) in cases {
            assert_eq!(Value::List(vec![text.into()]).to_python_str(), expected, "{text:?}");
        }
        assert_eq!(Value::from("it's\t").to_python_str(), "it's\t");
    }
}
