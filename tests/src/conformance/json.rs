//! JSON as Python's `json` module sees it: integers of any size, `1` is not `1.0`, keys stay in order.

use std::fmt;

use indexmap::IndexMap;
use jiter::JsonValue;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// An integer of any size, in decimal digits
    Int(String),
    /// A number with a fraction or an exponent
    Float(f64),
    /// Text
    Str(String),
    /// An array
    List(Vec<Json>),
    /// An object
    Object(IndexMap<String, Json>),
}

impl Json {
    /// Parses a whole document. Of two equal keys the first one's place and the last one's value remain.
    pub fn parse(text: &[u8]) -> Result<Self, String> {
        JsonValue::parse(text, true).map(|value| Self::from(&value)).map_err(|error| error.to_string())
    }

    /// The member of an object.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.get(key),
            _ => None,
        }
    }

    /// The member of an object that has to have it.
    pub fn member(&self, key: &str) -> Result<&Self, String> {
        self.get(key).ok_or_else(|| format!("`{key}` is missing in {}", self.shown()))
    }

    /// The text of a string member that has to be there.
    pub fn text_at(&self, key: &str) -> Result<&str, String> {
        self.member(key)?.as_str().ok_or_else(|| format!("`{key}` is not a string in {}", self.shown()))
    }

    /// The items of a list member that has to be there.
    pub fn list_at(&self, key: &str) -> Result<&[Self], String> {
        match self.member(key)? {
            Self::List(items) => Ok(items),
            _ => Err(format!("`{key}` is not a list in {}", self.shown())),
        }
    }

    /// The members of an object member; none if it is absent.
    pub fn members_at(&self, key: &str) -> impl Iterator<Item = (&str, &Self)> {
        let members = if let Some(Self::Object(members)) = self.get(key) { Some(members) } else { None };
        members.into_iter().flatten().map(|(name, value)| (name.as_str(), value))
    }

    /// The keys of an object, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let members = if let Self::Object(members) = self { Some(members) } else { None };
        members.into_iter().flatten().map(|(key, _)| key.as_str())
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a number.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Int(digits) => digits.parse().ok(),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// What Python's `str()` makes of it; lists and objects, which no case puts into a text, stay JSON.
    pub fn to_python_str(&self) -> String {
        match self {
            Self::Null => "None".to_owned(),
            Self::Bool(true) => "True".to_owned(),
            Self::Bool(false) => "False".to_owned(),
            Self::Str(text) => text.clone(),
            _ => self.to_string(),
        }
    }

    /// The JSON text for a report, cut after 300 characters.
    pub fn shown(&self) -> String {
        let text = self.to_string();
        match text.char_indices().nth(300) {
            Some((end, _)) => format!("{}...", &text[..end]),
            None => text,
        }
    }
}

impl From<&JsonValue<'_>> for Json {
    fn from(value: &JsonValue<'_>) -> Self {
        match value {
            JsonValue::Null => Self::Null,
            JsonValue::Bool(flag) => Self::Bool(*flag),
            JsonValue::Int(number) => Self::Int(number.to_string()),
            JsonValue::BigInt(number) => Self::Int(number.to_string()),
            JsonValue::Float(number) => Self::Float(*number),
            JsonValue::Str(text) => Self::Str(text.to_string()),
            JsonValue::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            JsonValue::Object(members) => Self::Object(
                members.iter().map(|(key, value)| (key.to_string(), Self::from(value))).collect(),
            ),
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl FromIterator<Json> for Json {
    fn from_iter<I: IntoIterator<Item = Json>>(items: I) -> Self {
        Self::List(items.into_iter().collect())
    }
}

impl FromIterator<(String, Json)> for Json {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(members: I) -> Self {
        Self::Object(members.into_iter().collect())
    }
}

/// The text that Python's `json.dumps(value, ensure_ascii=False)` writes.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(flag) => write!(f, "{flag}"),
            Self::Int(digits) => f.write_str(digits),
            Self::Float(number) => f.write_str(&float_text(*number)),
            Self::Str(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Self::List(items) => {
                f.write_str("[")?;
                for (n, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", separator(n))?;
                }
                f.write_str("]")
            }
            Self::Object(members) => {
                f.write_str("{")?;
                for (n, (key, value)) in members.iter().enumerate() {
                    write!(f, "{}{}: {value}", separator(n), serde_json::Value::from(key.as_str()))?;
                }
                f.write_str("}")
            }
        }
    }
}

fn separator(n: usize) -> &'static str {
    if n == 0 { "" } else { ", " }
}

/// Rust's debug form has the digits of Python's `repr` and turns to exponents at the same sizes, but writes `1e16`
/// and `1e-7` for Python's `1e+16` and `1e-07`.
fn float_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let text = format!("{number:?}");
    match text.split_once('e') {
        None => text,
        Some((digits, exponent)) => match exponent.strip_prefix('-') {
            Some(exponent) => format!("{digits}e-{exponent:0>2}"),
            None => format!("{digits}e+{exponent:0>2}"),
        },
    }
}
