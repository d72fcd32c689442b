use sea_orm::DbErr;

use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind};
use crate::value::Value;

/// DRF's `BooleanField`.
impl Field for bool {
    type Source = bool;

    // A checkbox that is not ticked is not sent at all.
    const ABSENT_IN_FORM: Option<&'static Value> = Some(&Value::Bool(false));

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Boolean;
    }

    fn means_null(input: &Value) -> bool {
        match input {
            Value::Null => true,
            Value::String(text) => text.is_empty() || text.to_lowercase() == "null",
            _ => false,
        }
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let word = match input {
            Value::Bool(value) => Some(*value),
            Value::Int(1) => Some(true),
            Value::Int(0) => Some(false),
            Value::Float(number) if *number == 1.0 => Some(true),
            Value::Float(number) if *number == 0.0 => Some(false),
            Value::String(text) => spelling(&text.to_lowercase()),
            _ => None,
        };
        word.ok_or_else(|| field.fail("invalid", "Must be a valid boolean.", &[]))
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.boolean(index)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        sea_orm::Value::Bool(None)
    }
}

fn spelling(word: &str) -> Option<bool> {
    match word {
        "t" | "y" | "yes" | "true" | "on" | "1" => Some(true),
        "f" | "n" | "no" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}
