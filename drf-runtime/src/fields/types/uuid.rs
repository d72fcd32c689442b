use sea_orm::DbErr;
use uuid::Uuid;

use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::options::Formatted;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind};
use crate::text::formats::{parse_uuid, uuid_from_int};
use crate::value::Value;
use crate::value::json::write_string;

/// DRF's `UUIDField`; `format` is `"hex_verbose"`, `"hex"`, `"int"` or `"urn"`.
impl Field for Uuid {
    type Source = Uuid;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::String;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        uuid_of(input).ok_or_else(|| field.fail("invalid", "Must be a valid UUID.", &[]))
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        match field.format {
            Some("hex") => write_string(&self.simple().to_string(), out),
            Some("int") => out.extend_from_slice(self.as_u128().to_string().as_bytes()),
            Some("urn") => write_string(&self.urn().to_string(), out),
            _ => write_string(&self.hyphenated().to_string(), out),
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.uuid(index)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value((*self).into())
    }

    fn null() -> sea_orm::Value {
        sea_orm::Value::Uuid(None)
    }
}

/// Reads a UUID as Python's `UUID(data)` or `UUID(int=data)` does.
pub(in crate::fields) fn uuid_of(input: &Value) -> Option<Uuid> {
    match input {
        Value::String(text) => parse_uuid(text),
        Value::Bool(value) => Some(Uuid::from_u128(u128::from(*value))),
        Value::Int(number) => uuid_from_int(&number.to_string()),
        Value::BigInt(digits) => uuid_from_int(digits),
        _ => None,
    }
}

impl Formatted for Uuid {
    const FORMATS: &'static [&'static str] = &["hex_verbose", "hex", "int", "urn"];
}
