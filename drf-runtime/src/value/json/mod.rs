//! JSON text: what a client or a column gives is read within limits, responses are written as DRF's `JSONRenderer` writes them.

mod read;
mod write;

use std::fmt;

pub(crate) use read::{JsonError, parse_json, read_json};
pub(crate) use write::{json_text, serialized, write_indented, write_string, write_value};

/// The limits of a body. More is a [`ParseError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The most levels of arrays and objects. The default is below the 128 of `serde_json`, so that what was
    /// stored in a JSON column can be read again. Data is walked recursively: thousands overflow the stack.
    pub max_depth: usize,
    /// The fields of a form or a query string. Django's `DATA_UPLOAD_MAX_NUMBER_FIELDS`.
    pub max_fields: usize,
    /// The files of a multipart form. Django's `DATA_UPLOAD_MAX_NUMBER_FILES`.
    pub max_files: usize,
    /// The items of each list in a body.
    pub max_list_items: usize,
    /// The values in a body: scalars, lists and objects at any depth.
    pub max_values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_depth: 100,
            max_fields: 1000,
            max_files: 100,
            max_list_items: 10_000,
            max_values: 1_000_000,
        }
    }
}

/// The reason why a body could not be read, for the client. The response is a 400.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    message: String,
    code: &'static str,
}

impl ParseError {
    /// Creates an error with the code `parse_error`.
    pub fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), code: "parse_error" }
    }

    /// Creates an error with the code `too_large`, for a body that exceeds one of the [`Limits`].
    pub fn too_large(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), code: "too_large" }
    }

    /// Returns the code, as in `exc.get_codes()`.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}
