//! Several choices of an enum, and one that may be blank.

use std::ops::Deref;

use sea_orm::DbErr;

use super::list::not_a_list;
use super::{choice, json_column};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::options::Collection;
use crate::fields::{Choices, DbValue, Field, FieldDescription, FieldKind, FormInput, SerializedRow};
use crate::schema::SourceOf;
use crate::value::Value;
use crate::value::json::write_value;

/// Some of the choices of an enum, each once, in the order of the input. DRF's `MultipleChoiceField`.
///
/// A form that does not have the name at all means none of them. Options: `allow_empty`. Errors: `not_a_list`, `empty`,
/// `invalid_choice`. In a table it is stored in a column of the type `Json`.
///
/// ```
/// use drf::fields::MultipleChoice;
/// use drf::prelude::*;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Choices)]
/// enum Topping {
///     Cheese,
///     Olives,
/// }
///
/// let toppings = MultipleChoice(vec![Topping::Olives]);
/// assert!(toppings.contains(&Topping::Olives));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct MultipleChoice<T>(pub Vec<T>);

impl<T: Choices + Field> Field for MultipleChoice<T> {
    type Source = Vec<T::Source>;

    const IS_LIST: bool = true;
    const FORM: FormInput = FormInput::Many;

    fn describe(field: &mut FieldDescription) {
        T::describe(field);
        field.kind = FieldKind::MultipleChoice;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        // Whatever Python can iterate over is a list: an object is the list of its keys.
        let choices: Vec<T> = match input {
            Value::List(items) => {
                items.iter().map(|item| T::to_internal_value(item, field)).collect::<Result<_, _>>()?
            }
            Value::Dict(dict) => {
                let key = |key: &String| T::to_internal_value(&key.as_str().into(), field);
                dict.keys().map(key).collect::<Result<_, _>>()?
            }
            other => return Err(not_a_list(other, field)),
        };
        if choices.is_empty() && !field.allow_empty {
            return Err(field.fail("empty", "This selection may not be empty.", &[]));
        }
        Ok(Self(each_once(choices)))
    }

    fn to_representation(&self, _: &FieldDescription, out: &mut Vec<u8>) {
        write_value(&self.values(), out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        json_column::read(row, index)
    }

    /// Values that are none of the choices are output as they are.
    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        _: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        write_value(&json_column::read_document(row, index)?.unwrap_or(Value::Null), out);
        Ok(())
    }

    fn to_db_value(&self) -> DbValue {
        json_column::document(&self.values())
    }

    fn null() -> sea_orm::Value {
        json_column::NULL
    }
}

impl<T: Choices> MultipleChoice<T> {
    fn values(&self) -> Value {
        Value::List(self.0.iter().map(Choices::value).collect())
    }
}

impl<T> Collection for MultipleChoice<T> {}

#[diagnostic::do_not_recommend]
impl<T: Field> SourceOf<MultipleChoice<T>, Vec<T::Source>> for serde_json::Value {}
#[diagnostic::do_not_recommend]
impl<T: Field> SourceOf<Option<MultipleChoice<T>>, Option<Vec<T::Source>>> for Option<serde_json::Value> {}

impl<T> Deref for MultipleChoice<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

fn each_once<T: Choices>(choices: Vec<T>) -> Vec<T> {
    let mut values = Vec::with_capacity(choices.len());
    let mut is_new = |choice: &T| {
        let value = choice.value();
        let new = !values.contains(&value);
        values.push(value);
        new
    };
    choices.into_iter().filter(|choice| is_new(choice)).collect()
}

/// A choice, or an empty text in its place. DRF's `ChoiceField(allow_blank=True)`.
///
/// What is blank is not `null`: it is `""` in input, in output and in the column, which therefore holds text.
///
/// ```
/// use drf::fields::OrBlank;
/// use drf::prelude::*;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Choices)]
/// enum Suit {
///     Hearts,
///     Spades,
/// }
///
/// let trumps = OrBlank::Choice(Suit::Hearts);
/// assert_eq!(trumps.choice(), Some(&Suit::Hearts));
/// assert_eq!(OrBlank::<Suit>::Blank.choice(), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrBlank<T> {
    /// An empty text
    Blank,
    /// One of the choices
    Choice(T),
}

impl<T> OrBlank<T> {
    /// Returns the choice, if there is one.
    pub fn choice(&self) -> Option<&T> {
        match self {
            OrBlank::Blank => None,
            OrBlank::Choice(choice) => Some(choice),
        }
    }
}

impl<T: Choices + Field> Field for OrBlank<T> {
    type Source = T::Source;

    fn describe(field: &mut FieldDescription) {
        T::describe(field);
        field.allow_blank = true;
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        match input.as_str() {
            Some("") => Ok(OrBlank::Blank),
            _ => T::to_internal_value(input, field).map(OrBlank::Choice),
        }
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        match self {
            OrBlank::Blank => out.extend_from_slice(b"\"\""),
            OrBlank::Choice(choice) => choice.to_representation(field, out),
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        match row.text(index) {
            Ok(Some("")) => Ok(Some(OrBlank::Blank)),
            _ => Ok(T::read(row, index)?.map(OrBlank::Choice)),
        }
    }

    fn write_cell(
        row: &SerializedRow<'_>,
        index: usize,
        field: &FieldDescription,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        choice::write_cell(row, index, field, out)
    }

    fn to_db_value(&self) -> DbValue {
        match self {
            OrBlank::Blank => DbValue::Value("".into()),
            OrBlank::Choice(choice) => choice.to_db_value(),
        }
    }

    fn null() -> sea_orm::Value {
        T::null()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::tests::{answer, described};
    use crate::prelude::Choices;

    #[derive(Debug, Clone, Copy, PartialEq, Choices)]
    enum Letter {
        X,
        Y,
        Z,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Choices)]
    enum Number {
        One = 1,
        Two,
        #[choice(label = "Too many")]
        Many = 10,
    }

    #[test]
    fn several_choices_are_each_once() {
        let mut field = described::<MultipleChoice<Letter>>();
        let cases = [
            (r#"["z","x","z"]"#, r#"["z","x"]"#),
            ("[]", "[]"),
            (r#"{"x":1}"#, r#"["x"]"#),
            (r#"["x","w"]"#, r#"! ["\"w\" is not a valid choice."]"#),
            ("[null]", r#"! ["\"None\" is not a valid choice."]"#),
            (r#"[["x"]]"#, r#"! ["\"['x']\" is not a valid choice."]"#),
            (r#""x""#, r#"! ["Expected a list of items but got type \"str\"."]"#),
            ("1", r#"! ["Expected a list of items but got type \"int\"."]"#),
            ("null", r#"! ["This field may not be null."]"#),
        ];
        for (input, expected) in cases {
            assert_eq!(answer::<MultipleChoice<Letter>>(input, &field), expected, "{input}");
        }
        field.allow_empty = false;
        let expected = r#"! ["This selection may not be empty."]"#;
        assert_eq!(answer::<MultipleChoice<Letter>>("[]", &field), expected);
        let numbers = described::<MultipleChoice<Number>>();
        assert_eq!(answer::<MultipleChoice<Number>>(r#"["1",1,10]"#, &numbers), "[1,10]");
    }

    #[test]
    fn choices_are_compared_as_text() {
        let field = described::<Number>();
        let cases = [
            ("1", "1"),
            (r#""2""#, "2"),
            ("3", r#"! ["\"3\" is not a valid choice."]"#),
            ("1.0", r#"! ["\"1.0\" is not a valid choice."]"#),
            ("true", r#"! ["\"True\" is not a valid choice."]"#),
            (r#""""#, r#"! ["\"\" is not a valid choice."]"#),
        ];
        for (input, expected) in cases {
            assert_eq!(answer::<Number>(input, &field), expected, "{input}");
        }
        let labels: Vec<&str> = field.choices.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["One", "Two", "Too many"]);
    }

    #[test]
    fn a_choice_may_be_blank() {
        let field = described::<OrBlank<Letter>>();
        assert_eq!(answer::<OrBlank<Letter>>(r#""""#, &field), r#""""#);
        assert_eq!(answer::<OrBlank<Letter>>(r#""x""#, &field), r#""x""#);
        assert_eq!(answer::<OrBlank<Letter>>(r#"" ""#, &field), r#"! ["\" \" is not a valid choice."]"#);
        assert_eq!(answer::<OrBlank<Letter>>("null", &field), r#"! ["This field may not be null."]"#);
        assert_eq!(answer::<Option<OrBlank<Letter>>>("null", &field), "null");
    }
}
