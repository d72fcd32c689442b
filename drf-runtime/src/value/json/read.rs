//! Reads JSON text.

use jiter::{Jiter, JiterError, Peek};

use super::{Limits, ParseError};
use crate::value::{Dict, Value};

/// Reads the text of a client.
pub(crate) fn read_json(text: &[u8], limits: Limits) -> Result<Value, JsonError> {
    Reader::new(text, limits).read()
}

/// Reads text that drf itself or a database has written, without limits.
pub(crate) fn parse_json(text: &[u8]) -> Result<Value, ParseError> {
    let limits = Limits {
        max_depth: usize::MAX,
        max_list_items: usize::MAX,
        max_values: usize::MAX,
        ..Limits::default()
    };
    Ok(read_json(text, limits)?)
}

struct Reader<'j> {
    jiter: Jiter<'j>,
    limits: Limits,
    depth_left: usize,
    values_left: usize,
}

enum Mistake {
    /// Malformed text, with the index of the byte
    Malformed {
        what: String,
        index: usize,
    },
    TooLarge(String),
}

/// The reason why JSON text is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum JsonError {
    /// A syntax error with its position
    Malformed(String),
    /// More than the [`Limits`] allow
    TooLarge(String),
}

impl From<JsonError> for ParseError {
    fn from(error: JsonError) -> Self {
        match error {
            JsonError::Malformed(message) => Self::new(message),
            JsonError::TooLarge(message) => Self::too_large(message),
        }
    }
}

impl From<JiterError> for Mistake {
    fn from(error: JiterError) -> Self {
        Self::Malformed { what: error.error_type.to_string(), index: error.index }
    }
}

impl<'j> Reader<'j> {
    fn new(json: &'j [u8], limits: Limits) -> Self {
        let jiter = Jiter::new(json);
        Self { jiter, limits, depth_left: limits.max_depth, values_left: limits.max_values }
    }

    fn read(mut self) -> Result<Value, JsonError> {
        self.document().map_err(|mistake| match mistake {
            Mistake::Malformed { what, index } => {
                JsonError::Malformed(format!("{what} at {}", self.jiter.error_position(index)))
            }
            Mistake::TooLarge(message) => JsonError::TooLarge(message),
        })
    }

    fn document(&mut self) -> Result<Value, Mistake> {
        let value = self.value()?;
        self.jiter.finish()?;
        Ok(value)
    }

    fn value(&mut self) -> Result<Value, Mistake> {
        let peek = self.jiter.peek()?;
        self.value_at(peek)
    }

    fn value_at(&mut self, peek: Peek) -> Result<Value, Mistake> {
        let Some(values_left) = self.values_left.checked_sub(1) else {
            let max = self.limits.max_values;
            return Err(Mistake::TooLarge(format!("The request body has more than {max} values.")));
        };
        self.values_left = values_left;
        Ok(match peek {
            Peek::Null => self.jiter.known_null().map(|()| Value::Null)?,
            Peek::True | Peek::False => Value::Bool(self.jiter.known_bool(peek)?),
            Peek::String => Value::from(self.jiter.known_str()?),
            Peek::Array => self.nested(Self::list)?,
            Peek::Object => self.nested(Self::dict)?,
            _ => self.number(peek)?,
        })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, Mistake>) -> Result<Value, Mistake> {
        let Some(depth_left) = self.depth_left.checked_sub(1) else {
            return Err(self.mistake("nested too deeply"));
        };
        self.depth_left = depth_left;
        let value = read(self)?;
        self.depth_left += 1;
        Ok(value)
    }

    fn list(&mut self) -> Result<Value, Mistake> {
        let mut values = Vec::new();
        let mut next = self.jiter.known_array()?;
        while let Some(peek) = next {
            if values.len() >= self.limits.max_list_items {
                return Err(Mistake::TooLarge(too_many_items(self.limits.max_list_items)));
            }
            values.push(self.value_at(peek)?);
            next = self.jiter.array_step()?;
        }
        Ok(Value::List(values))
    }

    fn dict(&mut self) -> Result<Value, Mistake> {
        let mut dict = Dict::new();
        let mut next = self.jiter.known_object()?.map(str::to_owned);
        while let Some(key) = next {
            let value = self.value()?;
            dict.insert(key, value);
            next = self.jiter.next_key()?.map(str::to_owned);
        }
        Ok(Value::Dict(dict))
    }

    fn number(&mut self, peek: Peek) -> Result<Value, Mistake> {
        let digits =
            str::from_utf8(self.jiter.known_number_bytes(peek)?).expect("the bytes of a number are ASCII");
        let value = if digits.contains(['.', 'e', 'E']) { float(digits) } else { Some(integer(digits)) };
        value.ok_or_else(|| self.mistake("out of range float values are not JSON compliant"))
    }

    fn mistake(&self, what: &str) -> Mistake {
        Mistake::Malformed { what: what.to_owned(), index: self.jiter.current_index() }
    }
}

fn too_many_items(max: usize) -> String {
    format!("A list in the request body has more than {max} items.")
}

fn integer(digits: &str) -> Value {
    digits.parse().map_or_else(|_| Value::BigInt(digits.into()), Value::Int)
}

fn float(digits: &str) -> Option<Value> {
    digits.parse().ok().filter(|float: &f64| float.is_finite()).map(Value::Float)
}
