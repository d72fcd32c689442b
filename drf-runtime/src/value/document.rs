//! Values in JSON columns, as documents of serde_json.

use super::Value;

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
