//! Values that are read-only.

use sea_orm::DbErr;

use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, SerializedRow};
use crate::value::Value;

/// A value of any field type that is read-only, and of which `OPTIONS` says no more than that it is a field. DRF's
/// `ReadOnlyField`; a field with `#[field(read_only)]` tells its type.
///
/// ```
/// # use bookshop::book;
/// # use drf::prelude::*;
/// #[serializer(entity = book::Entity)]
/// pub struct BookSerializer {
///     #[field(source = publisher.name)]
///     pub publisher_name: ReadOnly<String>,
/// }
/// # fn main() {}
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOnly<T>(pub T);

impl<T: Field> Field for ReadOnly<T> {
    type Source = T::Source;

    const NULLABLE: bool = T::NULLABLE;

    fn describe(field: &mut FieldDescription) {
        T::describe(field);
        field.kind = FieldKind::Field;
        field.read_only = true;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        T::to_internal_value(input, field).map(Self)
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        self.0.to_representation(field, out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(T::read(row, index)?.map(Self))
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        T::write_cell(row, index, field, out)
    }

    fn to_db_value(&self) -> DbValue {
        self.0.to_db_value()
    }

    fn null() -> sea_orm::Value {
        T::null()
    }
}
