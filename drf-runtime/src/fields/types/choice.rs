//! Choices: an enum with values and labels.

use sea_orm::{ActiveEnum, DbErr};

use super::text::write_text_cell;
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::{DbValue, FieldDescription, FieldKind, SerializedRow, write_integer};
use crate::value::Value;
use crate::value::json::write_string;

/// The values and labels of an enum. `#[derive(Choices)]` implements it and makes the enum a field. Django's `choices`.
///
/// ```
/// use drf::prelude::*;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Eq, Choices)]
/// pub enum Size {
///     #[choice(value = "s")]
///     Small,
///     #[choice(value = "xl", label = "Extra large")]
///     ExtraLarge,
/// }
///
/// assert_eq!(Size::Small.value(), Value::from("s"));
/// assert_eq!(Size::ExtraLarge.label(), "Extra large");
/// ```
///
/// An `ActiveEnum` of sea-orm has its values already:
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an enum of choices",
    label = "not an enum of choices",
    note = "write `#[derive(Choices)]` on the enum"
)]
pub trait Choices: Clone + Send + 'static {
    /// Every choice, in the order of the enum.
    const CHOICES: &'static [Self];

    /// Returns the value, on the wire and in a table: text or a number.
    fn value(&self) -> Value;

    /// Returns the name for people.
    fn label(&self) -> &'static str;

    /// Returns the heading of the choice and its neighbours in a form.
    fn group(&self) -> Option<&'static str> {
        None
    }
}

/// Returns the choice with a value, compared as text: `1` is `"1"`.
///
/// ```
/// use drf::fields::choice;
/// use drf::prelude::*;
///
/// #[derive(Debug, Clone, PartialEq, Choices)]
/// enum Stars {
///     One = 1,
///     Two,
/// }
///
/// assert_eq!(choice::with_value(&Value::from("2")), Some(Stars::Two));
/// assert_eq!(choice::with_value::<Stars>(&Value::from(3)), None);
/// ```
pub fn with_value<T: Choices>(value: &Value) -> Option<T> {
    let text = value.to_python_str();
    T::CHOICES.iter().find(|choice| choice.value().to_python_str() == text).cloned()
}

/// Adds the choices to the description of a field.
pub fn describe<T: Choices>(field: &mut FieldDescription) {
    field.kind = FieldKind::Choice;
    let choice = |choice: &T| (choice.value(), choice.label().to_owned());
    field.choices = T::CHOICES.iter().map(choice).collect();
}

/// Returns the value of an `ActiveEnum`.
pub fn active_value<T: ActiveEnum>(choice: &T) -> Value {
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

/// Returns a choice from input: by its value, compared as text, as DRF's `ChoiceField` does.
///
/// # Errors
/// If there is no such choice.
pub fn to_internal_value<T: Choices>(input: &Value, field: &FieldDescription) -> Result<T, ValidationError> {
    with_value(input).ok_or_else(|| {
        let message = "\"{input}\" is not a valid choice.";
        field.fail("invalid_choice", message, &[("input", &input.to_python_str())])
    })
}

/// A choice as JSON: its value, or its label where the field asks for it.
pub fn to_representation<T: Choices>(choice: &T, field: &FieldDescription, out: &mut Vec<u8>) {
    match choice.value() {
        _ if field.display => write_string(choice.label(), out),
        Value::Int(number) => write_integer(number, out),
        value => write_string(&value.to_python_str(), out),
    }
}

/// Returns a cell as JSON. A value that is none of the choices is output as it is, as in Django.
///
/// # Errors
/// If the cell holds something else.
pub fn write_cell(
    row: &SerializedRow<'_>,
    index: usize,
    field: &FieldDescription,
    out: &mut Vec<u8>,
) -> Result<(), DbErr> {
    let value = match field.choices.first() {
        Some((Value::Int(_), _)) => row.int(index)?.map(Value::Int),
        _ if !field.display => return write_text_cell(row, index, out),
        _ => row.text(index)?.map(Value::from),
    };
    match value {
        None => out.extend_from_slice(b"null"),
        Some(value) => match field.choice_label(&value).filter(|_| field.display) {
            Some(label) => write_string(label, out),
            None => crate::value::json::write_value(&value, out),
        },
    }
    Ok(())
}

/// Cell to choice.
///
/// # Errors
/// If the cell holds something else.
pub fn read<T: Choices>(row: &Row<'_>, index: usize) -> Result<Option<T>, DbErr> {
    let value = match T::CHOICES.first().map(Choices::value) {
        Some(Value::Int(_)) => row.int(index)?.map(Value::Int),
        _ => row.text(index)?.map(Value::from),
    };
    let choice = |value: Value| {
        let found = with_value(&value);
        found.ok_or_else(|| DbErr::Type(format!("`{}` is none of the choices", value.to_python_str())))
    };
    value.map(choice).transpose()
}

/// Cell to choice of an `ActiveEnum`, as sea-orm reads it.
///
/// # Errors
/// If the cell holds something else.
pub fn read_active<T: ActiveEnum>(row: &Row<'_>, index: usize) -> Result<Option<T>, DbErr>
where
    Option<T>: sea_orm::TryGetable,
{
    row.query_result().try_get_by_index::<Option<T>>(index)
}

/// NULL as a value of the column of an `ActiveEnum`.
pub fn null_active<T: ActiveEnum>() -> sea_orm::Value {
    <T::Value as sea_orm::sea_query::Nullable>::null()
}

/// Returns a choice of an `ActiveEnum` for the database.
pub fn to_db_value_active<T: ActiveEnum + Clone>(choice: &T) -> DbValue {
    DbValue::Value(choice.to_value().into())
}

/// Returns a choice for a column of text.
pub fn db_text<T: Choices>(choice: &T) -> DbValue {
    DbValue::Value(choice.value().to_python_str().into())
}

/// Returns a choice for a column of numbers.
pub fn db_number<T: Choices, N: TryFrom<i64> + Into<sea_orm::Value>>(choice: &T) -> DbValue {
    let number = match choice.value() {
        Value::Int(number) => N::try_from(number).ok(),
        _ => None,
    };
    // The compiler has checked the range of every value.
    DbValue::Value(number.map_or(sea_orm::Value::BigInt(None), Into::into))
}
