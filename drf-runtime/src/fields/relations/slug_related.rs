//! Rows of other tables, by one of their columns.

use std::fmt;

use sea_orm::{DbErr, EntityTrait};

use super::related::{BadKey, RelatedKey, not_a_uuid};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{
    DbValue, Field, FieldDescription, FieldKind, KeyOf, Reference, References, RelatedTo, ResolvedKey,
    SerializedRow,
};
use crate::schema::{Entity, ForeignKey};
use crate::value::Value;

/// A row of another table, as one of its columns that no two rows have the same. DRF's `SlugRelatedField`; in a `Vec` with
/// `many=True`. The column is of type `T`: text, an integer or a UUID.
///
/// # Errors
/// `does_not_exist` if there is no such row, `invalid` for what cannot be a value of the column.
///
/// ```
/// # use bookshop::{author, book, publisher};
/// # use drf::prelude::*;
/// #[serializer(entity = book::Entity)]
/// pub struct BookSerializer {
///     #[field(slug_field = name)]
///     pub publisher: SlugRelated<publisher::Entity>,
///     #[field(slug_field = username, allow_empty = false)]
///     pub authors: Vec<SlugRelated<author::Entity>>,
/// }
/// # fn main() {}
/// ```
pub struct SlugRelated<E: EntityTrait, T = String> {
    /// The value of the column
    pub slug: T,
    key: ResolvedKey,
    of: std::marker::PhantomData<fn() -> E>,
}

impl<E: EntityTrait, T> SlugRelated<E, T>
where
    KeyOf<E>: RelatedKey,
{
    /// Returns the primary key of the row. It is there once the input is valid.
    pub fn key(&self) -> Option<KeyOf<E>> {
        KeyOf::<E>::from_db_value(self.key.get()?)
    }
}

/// Relations by a column, which `slug_field` names.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` is no relation by a column",
    label = "not a `SlugRelated`",
    note = "`slug_field` is for `SlugRelated<other::Entity>`, and for an `Option` or a `Vec` of one"
)]
pub trait SlugField: RelatedTo {
    /// The type of the column
    type Slug: Field;
}

impl<T: SlugField> SlugField for Option<T> {
    type Slug = T::Slug;
}

impl<T: SlugField> SlugField for Vec<T> {
    type Slug = T::Slug;
}

impl<E: EntityTrait, T> RelatedTo for SlugRelated<E, T> {
    type Entity = E;
}

impl<E: EntityTrait, T: Field> SlugField for SlugRelated<E, T> {
    type Slug = T;
}

impl<E, T> Field for SlugRelated<E, T>
where
    E: EntityTrait,
    KeyOf<E>: RelatedKey,
    T: RelatedKey + Field,
{
    type Source = ForeignKey<E>;

    const IS_RELATION: bool = true;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Field;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        match T::parse_slug(input) {
            Ok(slug) => Ok(Self { slug, key: ResolvedKey::default(), of: std::marker::PhantomData }),
            Err(BadKey::Type) => Err(field.fail("invalid", "Invalid value.", &[])),
            Err(BadKey::Missing) => Err(no_such_object(field, input)),
            Err(BadKey::Uuid) => Err(not_a_uuid(&input.to_python_str())),
        }
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        let related = Self::to_internal_value(input, field)?;
        if let Some(path) = &field.path {
            let value = (input, related.slug.clone().into());
            let found = related.key.clone();
            references.add(Reference::to_value(Entity::of::<E>(), path.column, value, found, no_such_object));
        }
        Ok(related)
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        self.slug.to_representation(field, out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        let slug = <T as Field>::read(row, index)?;
        Ok(slug.map(|slug| Self { slug, key: ResolvedKey::default(), of: std::marker::PhantomData }))
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
        self.key().map_or(DbValue::Unresolved, |key| DbValue::Value(key.into()))
    }

    fn null() -> sea_orm::Value {
        <KeyOf<E> as RelatedKey>::null()
    }
}

impl<E: EntityTrait, T: fmt::Debug> fmt::Debug for SlugRelated<E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.slug.fmt(f)
    }
}

fn no_such_object(field: &FieldDescription, input: &Value) -> ValidationError {
    let column = field.path.as_ref().map_or("", |path| path.column.name);
    let message = "Object with {slug_name}={value} does not exist.";
    let arguments = [("slug_name", column), ("value", &input.to_python_str())];
    field.fail("does_not_exist", message, &arguments)
}
