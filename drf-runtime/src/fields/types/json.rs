//! JSON documents. DRF's `JSONField`.

use sea_orm::DbErr;

use super::json_column;
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, References, SerializedRow};
use crate::value::json::{Limits, read_json, write_value};
use crate::value::{Value, write_python_json};

/// Any JSON value. DRF's `JSONField`.
///
/// Integers keep all their digits and objects the order of their keys. A form gives JSON text. `null` is none of the
/// values, unless the type is an `Option<Value>`. Errors: `invalid`. In a table it is stored in a column of the type `Json`,
/// exactly, except by MySQL's own `json`, where integers have 64 bits and larger ones become floats.
impl Field for Value {
    type Source = serde_json::Value;

    /// A list of any values, DRF's `ListField()` without a child, takes `null` too.
    const NULL_ITEMS: bool = true;

    fn describe(field: &mut FieldDescription) {
        describe(field);
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        match input {
            Value::File(_) => Err(invalid(field)),
            value => Ok(value.clone()),
        }
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        match references.form {
            true => parse(&input.to_python_str(), field, limits(references)),
            false => Self::to_internal_value(input, field),
        }
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        write_value(self, out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        json_column::read_document(row, index)
    }

    fn to_db_value(&self) -> DbValue {
        json_column::document(self)
    }

    fn null() -> sea_orm::Value {
        json_column::NULL
    }
}

/// Any JSON value, as sea-orm's `Json`. DRF's `JSONField`.
///
/// It is like [`drf::Value`], which hooks had better use where integers may have more than 64 bits: here such an integer is an
/// object with one key, which becomes the integer again where it is stored or serialized.
impl Field for serde_json::Value {
    type Source = serde_json::Value;

    fn describe(field: &mut FieldDescription) {
        describe(field);
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        Value::to_internal_value(input, field).map(|value| value.to_document())
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        Value::resolve(input, field, references).map(|value| value.to_document())
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        write_value(&self.clone().into(), out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.json(index)
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        Value::write_cell(row, index, field, out)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value(sea_orm::Value::Json(Some(Box::new(self.clone()))))
    }

    fn null() -> sea_orm::Value {
        json_column::NULL
    }
}

/// A JSON value that travels as text: `"{\"a\": 1}"`. DRF's `JSONField(binary=True)`.
///
/// Input is text that is parsed; output is text as Python's `json.dumps` writes it. `NaN` and infinities are no JSON.
/// The text `null` is `null`. Errors: `invalid`. In a table the value, not the text, is stored in a column of the type `Json`.
///
/// ```
/// use drf::fields::JsonText;
/// use drf::Value;
///
/// let point = JsonText(Value::from([("x", 1), ("y", 2)]));
/// assert_eq!(point.to_string(), r#"{"x": 1, "y": 2}"#);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct JsonText(pub Value);

impl Field for JsonText {
    type Source = serde_json::Value;

    fn describe(field: &mut FieldDescription) {
        describe(field);
    }

    /// Returns the text `null` is Python's `None`, as is no text.
    fn means_null(input: &Value) -> bool {
        matches!(input, Value::Null)
            || input.as_str().is_some_and(|text| text.trim_matches(is_json_space) == "null")
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let text = input.as_str().ok_or_else(|| invalid(field))?;
        parse(text, field, Limits::default()).map(Self)
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        let text = input.as_str().ok_or_else(|| invalid(field))?;
        parse(text, field, limits(references)).map(Self)
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        match self.0 {
            Value::Null => out.extend_from_slice(b"null"),
            _ => crate::value::json::write_string(&self.to_string(), out),
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(json_column::read_document(row, index)?.map(Self))
    }

    fn to_db_value(&self) -> DbValue {
        json_column::document(&self.0)
    }

    fn null() -> sea_orm::Value {
        json_column::NULL
    }
}

fn is_json_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

impl std::fmt::Display for JsonText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        write_python_json(&self.0, &mut text);
        f.write_str(&text)
    }
}

fn describe(field: &mut FieldDescription) {
    field.kind = FieldKind::Field;
    // An empty text in a form is no JSON, rather than no input.
    field.allow_blank = true;
}

fn limits(references: &References<'_>) -> Limits {
    references.request().settings().parser_limits()
}

fn parse(text: &str, field: &FieldDescription, limits: Limits) -> Result<Value, ValidationError> {
    read_json(text.as_bytes(), limits).map_err(|_| invalid(field))
}

fn invalid(field: &FieldDescription) -> ValidationError {
    field.fail("invalid", "Value must be valid JSON.", &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::tests::{answer, described};

    #[test]
    fn any_value_is_json() {
        let field = described::<Value>();
        for text in [r#"{"b":[1,2.5,"x",null,true],"a":{}}"#, "0", "false", r#""""#, "[]", "1e+16"] {
            assert_eq!(answer::<Value>(text, &field), text);
        }
        let digits = "1".repeat(40);
        assert_eq!(answer::<Value>(&digits, &field), digits);
        assert_eq!(answer::<Value>("null", &field), r#"! ["This field may not be null."]"#);
        assert_eq!(answer::<Option<Value>>("null", &field), "null");
        assert_eq!(
            answer::<serde_json::Value>("[1,1.0,18446744073709551615]", &field),
            "[1,1.0,18446744073709551615]"
        );
    }

    #[test]
    fn text_is_parsed_and_written_as_python_does() {
        let field = described::<JsonText>();
        let cases = [
            ("{\"a\":1, \"b\":[1.0,null,{}]}", "{\"a\": 1, \"b\": [1.0, null, {}]}"),
            ("  1 ", "1"),
            ("[]", "[]"),
            ("\"é😀\u{7f}\\u2028\\/\"", "\"\\u00e9\\ud83d\\ude00\\u007f\\u2028/\""),
            ("1e5", "100000.0"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("{\"a\":1,\"a\":2}", "{\"a\": 2}"),
        ];
        assert_eq!(answer::<JsonText>(r#"" null ""#, &field), "null");
        for (input, expected) in cases {
            let input = crate::value::json::json_text(&input.into());
            let expected = crate::value::json::json_text(&expected.into());
            assert_eq!(answer::<JsonText>(&input, &field), expected, "{input}");
        }
        let deep = "[".repeat(1000) + &"]".repeat(1000);
        for text in ["{bad", "", "NaN", "[Infinity]", "1e999", "\u{feff}1", "'a'", "000", deep.as_str()] {
            let input = crate::value::json::json_text(&text.into());
            assert_eq!(answer::<JsonText>(&input, &field), r#"! ["Value must be valid JSON."]"#, "{text}");
        }
        for input in ["5", "true", "[1]", "{\"a\":1}"] {
            assert_eq!(answer::<JsonText>(input, &field), r#"! ["Value must be valid JSON."]"#, "{input}");
        }
    }
}
