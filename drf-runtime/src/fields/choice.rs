//! Choices: a sea-orm `ActiveEnum` with labels.

use sea_orm::{ActiveEnum, DbErr};

use super::{FieldDescription, FieldKind, Stored, write_integer};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::text::json::write_string;
use crate::value::Value;

/// The labels of an `ActiveEnum`. `#[derive(Choices)]` implements it and makes the enum a field. Django's `choices`.
///
/// ```
/// use drf::prelude::*;
/// use drf::sea_orm;
/// use drf::sea_orm::entity::prelude::*;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Choices)]
/// #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(10))")]
/// pub enum Category {
///     #[sea_orm(string_value = "fiction")]
///     Fiction,
///     #[sea_orm(string_value = "tech")]
///     #[choice(label = "Technology")]
///     Tech,
/// }
///
/// assert_eq!(Category::Tech.label(), "Technology");
/// ```
pub trait Choices: ActiveEnum + Clone + Send + 'static {
    /// The name for people.
    fn label(&self) -> &'static str;
}

/// Adds the choices to the description of a field.
pub fn describe<T: Choices>(field: &mut FieldDescription) {
    field.kind = FieldKind::Choice;
    let choice = |choice: T| (value_of(&choice), choice.label().to_owned());
    field.choices = T::iter().map(choice).collect::<Vec<_>>().into();
}

fn value_of<T: Choices>(choice: &T) -> Value {
    match choice.to_value().into() {
        sea_orm::Value::String(Some(text)) => Value::String(text),
        sea_orm::Value::TinyInt(Some(number)) => Value::Int(number.into()),
        sea_orm::Value::SmallInt(Some(number)) => Value::Int(number.into()),
        sea_orm::Value::Int(Some(number)) => Value::Int(number.into()),
        sea_orm::Value::BigInt(Some(number)) => Value::Int(number),
        sea_orm::Value::TinyUnsigned(Some(number)) => Value::Int(number.into()),
        sea_orm::Value::SmallUnsigned(Some(number)) => Value::Int(number.into()),
        sea_orm::Value::Unsigned(Some(number)) => Value::Int(number.into()),
        other => Value::String(other.to_string()),
    }
}

/// A choice from input: by its value, compared as text, as DRF's `ChoiceField` does.
///
/// # Errors
/// If there is no such choice.
pub fn to_internal_value<T: Choices>(input: &Value, field: &FieldDescription) -> Result<T, ValidationError> {
    let text = input.to_python_str();
    let found = T::iter().find(|choice| value_of(choice).to_python_str() == text);
    found.ok_or_else(|| {
        field.fail("invalid_choice", "\"{input}\" is not a valid choice.", &[("input", &text)])
    })
}

/// A choice as JSON: its value, or its label where the field asks for it.
pub fn to_representation<T: Choices>(choice: &T, field: &FieldDescription, out: &mut Vec<u8>) {
    match value_of(choice) {
        _ if field.display => write_string(choice.label(), out),
        Value::Int(number) => write_integer(number, out),
        value => write_string(value.as_str().unwrap_or_default(), out),
    }
}

/// A cell as JSON. A value that is none of the choices is shown as it is, as in Django.
///
/// # Errors
/// If the cell holds something else.
pub fn write_cell(
    row: &Row<'_>,
    index: usize,
    field: &FieldDescription,
    out: &mut Vec<u8>,
) -> Result<(), DbErr> {
    let value = match field.choices.first() {
        Some((Value::Int(_), _)) => row.int(index)?.map(Value::Int),
        _ if !field.display => return super::text::write_text_cell(row, index, out),
        _ => row.text(index)?.map(Value::from),
    };
    match value {
        None => out.extend_from_slice(b"null"),
        Some(value) => match field.choice_label(&value).filter(|_| field.display) {
            Some(label) => write_string(label, out),
            None => crate::renderers::write_value(&value, out),
        },
    }
    Ok(())
}

/// Cell to choice.
///
/// # Errors
/// If the cell holds something else.
pub fn read<T: Choices>(row: &Row<'_>, index: usize) -> Result<Option<T>, DbErr>
where
    Option<T>: sea_orm::TryGetable,
{
    row.query_result().try_get_by_index::<Option<T>>(index)
}

/// NULL as a value of the column of a choice.
pub fn null<T: Choices>() -> sea_orm::Value {
    <T::Value as sea_orm::sea_query::Nullable>::null()
}

/// A choice for the database.
pub fn to_stored<T: Choices>(choice: &T) -> Stored {
    Stored::Value(choice.to_value().into())
}
