#![doc = include_str!("../../docs/fields.md")]

mod bounds;
mod description;
mod kind;
mod options;
mod output;
mod relations;
#[cfg(test)]
pub(crate) mod tests;
mod types;

pub use crate::text::numbers::Rounding;
pub use bounds::Bounds;
pub use description::{FieldDescription, UniqueLookup, Write};
pub(crate) use description::{Referable, Validator, ViewLink};
pub use indexmap::IndexMap;
pub use kind::FieldKind;
pub use options::{
    Bounded, Coerced, Collection, DecimalNumber, Formatted, Hyperlink, Lengths, LinkedRows, MinLength,
    RelatedTo, Text, Upload, Zoned,
};
pub use output::SerializedRow;
pub(crate) use output::{NestedSerializer, Output, WriteCell};
pub use relations::hyperlinked::{HyperlinkedIdentity, HyperlinkedRelated};
pub(crate) use relations::references::ResolvedKey;
pub use relations::references::{Reference, References};
pub use relations::related::{BadKey, PrimaryKeyRelated, RelatedKey};
pub(crate) use relations::related::{does_not_exist, not_a_uuid};
pub use relations::slug_related::{SlugField, SlugRelated};
pub use relations::string_related::StringRelated;
pub use types::address::{IPAddress, IPv4Address, IPv6Address};
pub use types::choice::{self, Choices};
pub(crate) use types::coercion;
pub use types::dict::HStore;
pub use types::file::{File, Image};
pub use types::integer::Integer;
pub use types::json::JsonText;
pub use types::multiple_choice::{MultipleChoice, OrBlank};
pub(crate) use types::number::write_integer;
pub use types::read_only::ReadOnly;
pub use types::text::{Email, Slug, UnicodeSlug, Url};

use sea_orm::DbErr;

use crate::db::Row;
use crate::exceptions::ValidationError;
pub use crate::schema::KeyOf;
use crate::value::Value;

/// A Rust type that can stand in a serializer: input to value, value to JSON, cell to JSON. DRF's `Field`.
///
/// A field of one's own is a type of one's own. DRF's `to_internal_value` and `to_representation` keep their names. Its values
/// must be bounded: what a client sends, and what is stored already, decides how much memory and time the output takes.
///
/// ```
/// use drf::fields::{Field, FieldDescription, DbValue};
/// use drf::prelude::*;
///
/// /// A rating, output as stars.
/// #[derive(Debug, Clone, PartialEq)]
/// struct Stars(f64);
///
/// impl Field for Stars {
///     type Source = f64;
///
///     fn to_internal_value(input: &Value, _: &FieldDescription) -> Result<Self, ValidationError> {
///         match input.as_str() {
///             Some(text) if (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte == b'*') => Ok(Stars(text.len() as f64)),
///             _ => Err(ValidationError::new("Enter one to five stars.")),
///         }
///     }
///
///     fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
///         out.extend_from_slice(format!("\"{}\"", "*".repeat(self.0.clamp(0.0, 5.0).round() as usize)).as_bytes());
///     }
///
///     fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, drf::sea_orm::DbErr> {
///         Ok(row.float(index)?.map(Stars))
///     }
///
///     fn to_db_value(&self) -> DbValue {
///         DbValue::Value(self.0.into())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a field of a serializer",
    label = "not a field type",
    note = "use a type that implements `drf::fields::Field`, such as `String`, `i64`, `Decimal`, `bool`, `DateTimeUtc`, `Option<..>`",
    note = "an enum becomes one with `#[derive(Choices)]`, a relation is a `PrimaryKeyRelated<other::Entity>`",
    note = "a serializer becomes one with `#[field(nested)]`, a `StringRelated<other::Entity>` if `other::Model` is `Display`"
)]
pub trait Field: Sized + Send + 'static {
    /// The type that it is read from and written to: that of the model's field, or [`ForeignKey`](crate::schema::ForeignKey).
    type Source;

    /// True if `null` is a value. DRF's `allow_null`.
    const NULLABLE: bool = false;

    /// True if `null` may be an item of a list or dict of this type.
    const NULL_ITEMS: bool = Self::NULLABLE;

    /// The value of a form without the field, where it is not "missing": that of an unticked checkbox.
    const ABSENT_IN_FORM: Option<&'static Value> = None;

    /// The form of the value in an HTML form.
    const FORM: FormInput = FormInput::One;

    /// Adds what the type says to the description: its kind for `OPTIONS`, its choices.
    fn describe(field: &mut FieldDescription) {
        let _ = field;
    }

    /// True if this is a row of another table, or a list of such.
    const IS_RELATION: bool = false;

    /// True if this is a list: a form then gives all values of the name.
    const IS_LIST: bool = false;

    /// Returns whether an input stands for `null`, where the field is an `Option`.
    fn means_null(input: &Value) -> bool {
        matches!(input, Value::Null) || (Self::IS_RELATION && !Self::IS_LIST && input.as_str() == Some(""))
    }

    /// Input to value. It is not called for a missing input, nor for `null` unless [`NULLABLE`](Self::NULLABLE).
    ///
    /// # Errors
    /// What is wrong with the input.
    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError>;

    /// The checks that come after: lengths, limits, patterns.
    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        let _ = (field, errors);
    }

    /// Input to value, where that takes more than the input: rows that it points at are noted, to be looked up.
    ///
    /// # Errors
    /// What is wrong with the input.
    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        let _ = references;
        Self::to_internal_value(input, field)
    }

    /// Value to JSON.
    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>);

    /// Cell to value; `None` is NULL.
    ///
    /// # Errors
    /// If the cell holds something else.
    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr>;

    /// Cell to JSON, without a value between where the type can do that.
    ///
    /// # Errors
    /// If the cell holds something else.
    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        match Self::read(row, index)? {
            Some(value) => value.to_representation(field, out),
            None => out.extend_from_slice(b"null"),
        }
        Ok(())
    }

    /// Returns the value for the database.
    fn to_db_value(&self) -> DbValue;

    /// NULL as a value of the column's type.
    fn null() -> sea_orm::Value {
        sea_orm::Value::String(None)
    }
}

/// The form of a field's value in an HTML form, whose values are all text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormInput {
    /// `name=value`; of several the last one counts
    One,
    /// `name=a&name=b`, and nothing at all for an empty list
    Many,
    /// `name=a&name=b`, or `name[0]=a&name[1]=b`
    List,
    /// `name.key=value`
    Dict,
}

/// A value on its way into the database.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum DbValue {
    /// The value of a column
    Value(sea_orm::Value),
    /// The keys of related rows, for a relation to many
    Keys(Vec<sea_orm::Value>),
    /// A related row that was named and not looked up, so that its key is not known: nothing is written
    Unresolved,
}
