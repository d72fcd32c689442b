//! Values that a column cannot hold.

use crate::exceptions::ValidationError;

/// The reason for which a column cannot hold a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// It is more than the largest value, which this is
    Above(String),
    /// It is less than the smallest value, which this is
    Below(String),
    /// The text has more characters than this
    TooLong(usize),
    /// The text has more bytes than this
    TooManyBytes(usize),
    /// The text has a NUL character
    NullCharacter,
    /// The JSON document is nested deeper than this
    TooDeep(usize),
    /// The date or time is outside of the range of the type
    OutOfRange(&'static str),
    /// It is of another type
    Invalid,
    /// The database refused one of several values
    Refused,
}

impl From<Unfit> for ValidationError {
    /// Returns the error in the words of DRF's and Django's validators.
    fn from(unfit: Unfit) -> Self {
        let (message, code) = match unfit {
            Unfit::Above(most) => {
                (format!("Ensure this value is less than or equal to {most}."), "max_value")
            }
            Unfit::Below(least) => {
                (format!("Ensure this value is greater than or equal to {least}."), "min_value")
            }
            Unfit::TooLong(most) => {
                (format!("Ensure this field has no more than {most} characters."), "max_length")
            }
            Unfit::TooManyBytes(most) => {
                (format!("Ensure this field has no more than {most} bytes."), "max_length")
            }
            Unfit::NullCharacter => {
                ("Null characters are not allowed.".to_owned(), "null_characters_not_allowed")
            }
            Unfit::TooDeep(most) => {
                (format!("Ensure this value has no more than {most} levels."), "max_depth")
            }
            Unfit::OutOfRange(what) => (format!("{what} value out of range."), "overflow"),
            Unfit::Invalid => ("Enter a valid value.".to_owned(), "invalid"),
            Unfit::Refused => ("The database cannot store one of the values.".to_owned(), "invalid"),
        };
        ValidationError::with_code(message, code)
    }
}
