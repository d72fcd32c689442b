//! Input and output of one field, for tests.

mod recorded;
mod round_trip;

use super::types::items;
use super::{Field, FieldDescription};
use crate::value::Value;
use crate::value::json::{json_text, parse_json};

/// Returns a field of a type without options.
pub(crate) fn described<T: Field>() -> FieldDescription {
    FieldDescription::of::<T>("field")
}

/// Returns the response to JSON input: the value as JSON, or `! ` and the errors.
pub(crate) fn answer<T: Field>(input: &str, field: &FieldDescription) -> String {
    answer_value::<T>(&parse_json(input.as_bytes()).unwrap(), field)
}

/// Returns the response to a value.
pub(crate) fn answer_value<T: Field>(input: &Value, field: &FieldDescription) -> String {
    let null = !T::NULLABLE && matches!(input, Value::Null);
    let result = if null { Err(field.null_error()) } else { items::run_validation::<T>(input, field, None) };
    match result {
        Ok(value) => {
            let mut out = Vec::new();
            value.to_representation(field, &mut out);
            String::from_utf8(out).unwrap()
        }
        Err(error) => format!("! {}", json_text(&error.0.to_value())),
    }
}
