//! `Vec<T>`: related rows, or a list of values.

use sea_orm::DbErr;

use super::{Field, FieldDescription, FieldKind, FormInput, Stored};
use crate::db::Row;
use crate::exceptions::{Detail, ValidationError};
use crate::serializers::{References, RowWriter};
use crate::value::Value;

/// DRF's `ManyRelatedField` for relations, its `ListField` for values.
impl<T: Field> Field for Vec<T> {
    type Source = Vec<T::Source>;

    const IS_RELATION: bool = T::IS_RELATION;
    const IS_LIST: bool = true;
    const FORM: FormInput = if T::IS_RELATION { FormInput::Many } else { FormInput::List };

    fn describe(field: &mut FieldDescription) {
        T::describe(field);
        field.element = Some(T::write_cell);
        if !T::IS_RELATION {
            field.kind = FieldKind::List;
        }
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let items = items::<T>(input, field)?;
        if items.is_empty() && !field.allow_empty {
            return Err(empty_list(field));
        }
        if T::IS_RELATION {
            return items.iter().map(|item| T::to_internal_value(item, field)).collect();
        }
        let mut errors = Vec::new();
        let mut values = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            match T::to_internal_value(item, field) {
                Ok(value) => values.push(value),
                Err(error) => errors.push((index.to_string(), error.0)),
            }
        }
        if errors.is_empty() {
            Ok(values)
        } else {
            Err(ValidationError(Detail::Dict(errors.into_iter().collect())))
        }
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        if !T::IS_RELATION {
            return Self::to_internal_value(input, field);
        }
        let items = items::<T>(input, field)?;
        if items.is_empty() && !field.allow_empty {
            return Err(empty_list(field));
        }
        // The first item that cannot be a key is what is reported, unless one before it is missing.
        items.iter().map(|item| T::resolve(item, field, references)).collect()
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        out.push(b'[');
        for (index, item) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            item.to_representation(field, out);
        }
        out.push(b']');
    }

    fn read(_: &Row<'_>, _: usize) -> Result<Option<Self>, DbErr> {
        Err(DbErr::Type("a list is not read from one cell".to_owned()))
    }

    fn represent(row: &mut RowWriter<'_>, field: &'static FieldDescription) -> Result<(), DbErr> {
        row.related(field)
    }

    fn to_stored(&self) -> Stored {
        let value = |item: &T| match item.to_stored() {
            Stored::Value(value) => vec![value],
            Stored::Keys(keys) => keys,
        };
        Stored::Keys(self.iter().flat_map(value).collect())
    }
}

/// The items of a list. A relation takes anything that Python can iterate over, so an object is the list of its keys.
fn items<T: Field>(input: &Value, field: &FieldDescription) -> Result<Vec<Value>, ValidationError> {
    match input {
        Value::List(items) => Ok(items.clone()),
        Value::Dict(dict) if T::IS_RELATION => Ok(dict.keys().map(|key| Value::from(key.as_str())).collect()),
        other => {
            let message = "Expected a list of items but got type \"{input_type}\".";
            Err(field.fail("not_a_list", message, &[("input_type", other.type_name())]))
        }
    }
}

pub(super) fn empty_list(field: &FieldDescription) -> ValidationError {
    field.fail("empty", "This list may not be empty.", &[])
}
