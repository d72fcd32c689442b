//! `Option<T>`: a field that may be `null`.

use sea_orm::DbErr;

use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{DbValue, Field, FieldDescription, FormInput, References, SerializedRow};
use crate::value::Value;

impl<T: Field> Field for Option<T> {
    type Source = Option<T::Source>;

    const NULLABLE: bool = true;
    const IS_RELATION: bool = T::IS_RELATION;
    const IS_LIST: bool = T::IS_LIST;
    const FORM: FormInput = T::FORM;
    // Of a checkbox that may be null, nothing is said.
    const ABSENT_IN_FORM: Option<&'static Value> = match T::ABSENT_IN_FORM {
        Some(_) => Some(&Value::Null),
        None => None,
    };

    fn describe(field: &mut FieldDescription) {
        field.allow_null = true;
        T::describe(field);
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        if T::means_null(input) { Ok(None) } else { T::to_internal_value(input, field).map(Some) }
    }

    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        if let Some(value) = self {
            value.run_validators(field, errors);
        }
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        if T::means_null(input) { Ok(None) } else { T::resolve(input, field, references).map(Some) }
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.to_representation(field, out),
            None => out.extend_from_slice(b"null"),
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        T::read(row, index).map(Some)
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        T::write_cell(row, index, field, out)
    }

    fn null() -> sea_orm::Value {
        T::null()
    }

    fn to_db_value(&self) -> DbValue {
        self.as_ref().map_or_else(|| DbValue::Value(T::null()), T::to_db_value)
    }
}
