//! Rows of other tables, as text.

use std::fmt::Display;
use std::marker::PhantomData;

use sea_orm::{DbErr, EntityTrait, FromQueryResult, QueryResult};

use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, Output};
use crate::schema::ForeignKey;
use crate::value::Value;

/// A row of another table, as the text that its model's `Display` writes. It is read-only. DRF's `StringRelatedField`; in
/// a `Vec` with `many=True`.
///
/// ```
/// # use bookshop::{book, publisher};
/// # use drf::prelude::*;
/// // `publisher::Model` is `Display`
/// #[serializer(entity = book::Entity)]
/// pub struct BookSerializer {
///     pub publisher: StringRelated<publisher::Entity>,
/// }
/// # fn main() {}
/// ```
#[derive(Debug)]
pub struct StringRelated<E>(PhantomData<fn() -> E>);

impl<E> Field for StringRelated<E>
where
    E: EntityTrait<Model: Display>,
{
    type Source = ForeignKey<E>;

    const IS_RELATION: bool = true;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Field;
        field.read_only = true;
        field.output = Output::Text(text_of::<E>);
    }

    fn to_internal_value(_: &Value, _: &FieldDescription) -> Result<Self, ValidationError> {
        Ok(Self(PhantomData))
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        out.extend_from_slice(b"null");
    }

    fn read(_: &Row<'_>, _: usize) -> Result<Option<Self>, DbErr> {
        Ok(None)
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Keys(Vec::new())
    }
}

fn text_of<E: EntityTrait<Model: Display>>(row: &QueryResult, prefix: &str) -> Result<String, DbErr> {
    Ok(E::Model::from_query_result(row, prefix)?.to_string())
}
