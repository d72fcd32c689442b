//! Rows of other tables, by primary key.

use std::fmt;

use sea_orm::{DbErr, EntityTrait, PrimaryKeyTrait};
use uuid::Uuid;

use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::types::uuid::uuid_of;
use crate::fields::{
    DbValue, Field, FieldDescription, FieldKind, Reference, References, RelatedTo, write_integer,
};
use crate::schema::{Entity, ForeignKey, KeyOf};
use crate::text::numbers::{ParsedInt, parse_int};
use crate::value::Value;
use crate::value::json::{json_text, write_string};

/// A row of another table, as its primary key. DRF's `PrimaryKeyRelatedField`; in a `Vec` with `many=True`.
///
/// ```
/// # use bookshop::{author, book, publisher};
/// # use drf::prelude::*;
/// #[serializer(entity = book::Entity)]
/// pub struct BookSerializer {
///     pub publisher: PrimaryKeyRelated<publisher::Entity>,
///     pub authors: Vec<PrimaryKeyRelated<author::Entity>>,
/// }
/// # fn main() {}
/// ```
pub struct PrimaryKeyRelated<E: EntityTrait>(pub KeyOf<E>);

impl<E: EntityTrait> fmt::Debug for PrimaryKeyRelated<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType: Clone>>> Clone for PrimaryKeyRelated<E> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<E: EntityTrait> PartialEq for PrimaryKeyRelated<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// Types of primary keys that a client can name.
#[diagnostic::on_unimplemented(
    message = "a primary key of type `{Self}` cannot be a field",
    label = "not a key a client can send",
    note = "keys are integers, `String` or `Uuid`"
)]
pub trait RelatedKey: Clone + Send + Into<sea_orm::Value> + 'static {
    /// Returns the key from input; why it is none otherwise.
    ///
    /// # Errors
    /// If no key looks like that.
    fn parse(input: &Value) -> Result<Self, BadKey>;

    /// Reads a value of a column that is looked up; the reason why it is none otherwise. Text may be compared with anything.
    ///
    /// # Errors
    /// If no value looks like that.
    fn parse_slug(input: &Value) -> Result<Self, BadKey> {
        Self::parse(input)
    }

    /// Returns the key from a value of the database.
    fn from_db_value(value: &sea_orm::Value) -> Option<Self> {
        let text = match value {
            sea_orm::Value::String(text) => text.clone()?,
            other => other.to_string().trim_matches('\'').to_owned(),
        };
        Self::parse(&Value::String(text)).ok()
    }

    /// Returns the key from a cell.
    ///
    /// # Errors
    /// If the cell holds something else.
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr>;

    /// The key as JSON.
    fn write(&self, out: &mut Vec<u8>);

    /// NULL as a key.
    fn null() -> sea_orm::Value;
}

/// The reason why an input is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadKey {
    /// It is of the wrong type
    Type,
    /// No row can have it
    Missing,
    /// It is no UUID
    Uuid,
}

/// Django's error of a UUID column, whatever the messages of the field are.
pub(crate) fn not_a_uuid(text: &str) -> ValidationError {
    ValidationError::with_code(format!("\u{201c}{text}\u{201d} is not a valid UUID."), "invalid")
}

macro_rules! integer_key {
    ($($type:ty),*) => {$(
        impl RelatedKey for $type {
            fn parse(input: &Value) -> Result<Self, BadKey> {
                integer_key(input).and_then(|number| number.try_into().map_err(|_| BadKey::Missing))
            }

            fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
                <$type as Field>::read(row, index)
            }

            fn write(&self, out: &mut Vec<u8>) {
                write_integer((*self).into(), out);
            }

            fn null() -> sea_orm::Value {
                <$type as Field>::null()
            }
        }
    )*};
}
integer_key!(i8, i16, i32, i64, u8, u16, u32);

/// Reads an integer key as `queryset.get(pk=data)` does: Python's `int(data)`, except for truth values.
fn integer_key(input: &Value) -> Result<i64, BadKey> {
    match input {
        Value::Int(number) => Ok(*number),
        Value::Float(number) => Ok(number.trunc() as i64),
        Value::String(text) => match parse_int(text).ok_or(BadKey::Type)? {
            ParsedInt::Small(number) => Ok(number),
            ParsedInt::Big(_) => Err(BadKey::Missing),
        },
        Value::BigInt(_) | Value::Null => Err(BadKey::Missing),
        _ => Err(BadKey::Type),
    }
}

impl RelatedKey for String {
    fn parse(input: &Value) -> Result<Self, BadKey> {
        match input {
            Value::String(text) if text.contains('\0') => Err(BadKey::Missing),
            Value::String(text) => Ok(text.clone()),
            Value::Int(_) | Value::BigInt(_) | Value::Float(_) => Ok(json_text(input)),
            Value::Null => Err(BadKey::Missing),
            _ => Err(BadKey::Type),
        }
    }

    fn parse_slug(input: &Value) -> Result<Self, BadKey> {
        let text = input.to_python_str();
        if text.contains('\0') { Err(BadKey::Missing) } else { Ok(text) }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        <String as Field>::read(row, index)
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_string(self, out);
    }

    fn null() -> sea_orm::Value {
        sea_orm::Value::String(None)
    }
}

impl RelatedKey for Uuid {
    fn parse(input: &Value) -> Result<Self, BadKey> {
        match input {
            Value::Null => Err(BadKey::Missing),
            Value::Bool(_) => Err(BadKey::Type),
            _ => uuid_of(input).ok_or(BadKey::Uuid),
        }
    }

    fn parse_slug(input: &Value) -> Result<Self, BadKey> {
        match input {
            Value::Null => Err(BadKey::Missing),
            _ => uuid_of(input).ok_or(BadKey::Uuid),
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        row.uuid(index)
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_string(&self.to_string(), out);
    }

    fn null() -> sea_orm::Value {
        sea_orm::Value::Uuid(None)
    }
}

impl<E> Field for PrimaryKeyRelated<E>
where
    E: EntityTrait,
    KeyOf<E>: RelatedKey,
{
    type Source = ForeignKey<E>;

    const IS_RELATION: bool = true;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Field;
        field.allow_empty = false;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        KeyOf::<E>::parse(input).map(Self).map_err(|why| match why {
            BadKey::Type => {
                let message = "Incorrect type. Expected pk value, received {data_type}.";
                field.fail("incorrect_type", message, &[("data_type", input.type_name())])
            }
            BadKey::Missing => does_not_exist(field, input),
            BadKey::Uuid => not_a_uuid(&input.to_python_str()),
        })
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        let key = Self::to_internal_value(input, field)?;
        references.add(Reference::to_key(Entity::of::<E>(), input, key.0.clone().into()));
        Ok(key)
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(KeyOf::<E>::read(row, index)?.map(Self))
    }

    fn to_db_value(&self) -> DbValue {
        DbValue::Value(self.0.clone().into())
    }

    fn null() -> sea_orm::Value {
        <KeyOf<E> as RelatedKey>::null()
    }
}

impl<E: EntityTrait> RelatedTo for PrimaryKeyRelated<E> {
    type Entity = E;
}

pub(crate) fn does_not_exist(field: &FieldDescription, input: &Value) -> ValidationError {
    let message = "Invalid pk \"{pk_value}\" - object does not exist.";
    field.fail("does_not_exist", message, &[("pk_value", &input.to_python_str())])
}
