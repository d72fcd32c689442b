//! `Vec<T>`: related rows, or a list of values.

use std::borrow::Cow;

use sea_orm::DbErr;

use super::{items, json_column};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::options::{Collection, MinLength};
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, FormInput, Lengths, References};
use crate::schema::SourceOf;
use crate::value::Value;

/// DRF's `ManyRelatedField` for relations, its `ListField` for values.
///
/// The items are fields of their own: `Vec<i64>`, `Vec<Option<Email>>`, `Vec<Vec<Decimal>>`. What is wrong with them is
/// reported by index: `{"2": ["A valid integer is required."]}`. A list of anything, `null` too, DRF's `ListField()`
/// without a child, is a `Vec<Value>`.
///
/// Options: `allow_empty`, `min_length`, `max_length`, and `child` with those of the items. Errors: `not_a_list`, `empty`,
/// `min_length`, `max_length`. In a table, a list of values is stored in a column of the type `Json`.
impl<T: Field> Field for Vec<T> {
    type Source = Vec<T::Source>;

    const IS_RELATION: bool = T::IS_RELATION;
    const IS_LIST: bool = true;
    const FORM: FormInput = if T::IS_RELATION { FormInput::Many } else { FormInput::List };

    fn describe(field: &mut FieldDescription) {
        if T::IS_RELATION {
            T::describe(field);
            field.element = Some(T::write_cell);
        } else {
            field.kind = FieldKind::List;
            field.child = items::child::<T>();
            // of a value behind a relation to many
            field.element = Some(T::write_cell);
        }
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        let items = items::<T>(input, field)?;
        if T::IS_RELATION {
            return items.iter().map(|item| T::to_internal_value(item, field)).collect();
        }
        validate(&items, field, None)
    }

    fn run_validators(&self, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
        check_length(self.len(), field, errors);
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        let items = items::<T>(input, field)?;
        if T::IS_RELATION {
            // The first item that cannot be a key is what is reported, unless one before it is missing.
            return items.iter().map(|item| T::resolve(item, field, references)).collect();
        }
        let items = match references.form && T::FORM == FormInput::List {
            true => items.iter().map(items::list_in_form).collect(),
            false => items,
        };
        items::inside_form(references, |references| validate(&items, field, Some(references)))
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        match T::IS_RELATION {
            true => write(self, field, out),
            false => items::with_child::<T, _>(field, |child| write(self, child, out)),
        }
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        match T::IS_RELATION {
            true => Err(DbErr::Type("a list of related rows is not read from one cell".to_owned())),
            false => json_column::read(row, index),
        }
    }

    fn to_db_value(&self) -> DbValue {
        if !T::IS_RELATION {
            return json_column::write(self);
        }
        let mut all = Vec::with_capacity(self.len());
        for item in self {
            match item.to_db_value() {
                DbValue::Value(value) => all.push(value),
                DbValue::Keys(keys) => all.extend(keys),
                DbValue::Unresolved => return DbValue::Unresolved,
            }
        }
        DbValue::Keys(all)
    }

    fn null() -> sea_orm::Value {
        json_column::NULL
    }
}

impl<T> Lengths for Vec<T> {}
impl<T> MinLength for Vec<T> {}
impl<T> Collection for Vec<T> {}

#[diagnostic::do_not_recommend]
impl<T: Field> SourceOf<Vec<T>, Vec<T::Source>> for serde_json::Value {}
#[diagnostic::do_not_recommend]
impl<T: Field> SourceOf<Option<Vec<T>>, Option<Vec<T::Source>>> for Option<serde_json::Value> {}

/// Returns the items of a list. A relation takes anything that Python can iterate over, so an object is the list of its keys.
fn items<'i, T: Field>(
    input: &'i Value,
    field: &FieldDescription,
) -> Result<Cow<'i, [Value]>, ValidationError> {
    let items = match input {
        Value::List(items) => Cow::Borrowed(items.as_slice()),
        Value::Dict(dict) if T::IS_RELATION => dict.keys().map(|key| Value::from(key.as_str())).collect(),
        other => return Err(not_a_list(other, field)),
    };
    if items.is_empty() && !field.allow_empty {
        return Err(field.fail("empty", "This list may not be empty.", &[]));
    }
    Ok(items)
}

pub(in crate::fields) fn not_a_list(input: &Value, field: &FieldDescription) -> ValidationError {
    let message = "Expected a list of items but got type \"{input_type}\".";
    field.fail("not_a_list", message, &[("input_type", input.type_name())])
}

fn validate<T: Field>(
    items: &[Value],
    field: &FieldDescription,
    references: Option<&mut References<'_>>,
) -> Result<Vec<T>, ValidationError> {
    let run =
        |child: &FieldDescription| items::run_child_validation(items.iter().enumerate(), child, references);
    let values = items::with_child::<T, _>(field, run)?;
    Ok(values.into_iter().map(|(_, value)| value).collect())
}

fn check_length(length: usize, field: &FieldDescription, errors: &mut Vec<ValidationError>) {
    if let Some(max) = field.max_length.filter(|max| length > *max) {
        let message = "Ensure this field has no more than {max_length} elements.";
        errors.push(field.fail("max_length", message, &[("max_length", &max.to_string())]));
    }
    if let Some(min) = field.min_length.filter(|min| length < *min) {
        let message = "Ensure this field has at least {min_length} elements.";
        errors.push(field.fail("min_length", message, &[("min_length", &min.to_string())]));
    }
}

fn write<T: Field>(items: &[T], child: &FieldDescription, out: &mut Vec<u8>) {
    out.push(b'[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        item.to_representation(child, out);
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::tests::{answer, described};
    use crate::fields::{Email, Integer};

    #[test]
    fn items_are_validated_each() {
        let mut field = described::<Vec<i64>>();
        field.child.as_mut().unwrap().min_value = Some(0.into());
        (field.min_length, field.max_length) = (Some(1), Some(3));
        let cases = [
            ("[1, \"2\"]", "[1,2]"),
            ("[]", r#"! ["Ensure this field has at least 1 elements."]"#),
            ("[1,2,3,4]", r#"! ["Ensure this field has no more than 3 elements."]"#),
            (
                r#"[1, "x", -1, null]"#,
                r#"! {"1":["A valid integer is required."],"2":["Ensure this value is greater than or equal to 0."],"3":["This field may not be null."]}"#,
            ),
            (r#""1,2""#, r#"! ["Expected a list of items but got type \"str\"."]"#),
            (r#"{"a":1}"#, r#"! ["Expected a list of items but got type \"dict\"."]"#),
            ("5", r#"! ["Expected a list of items but got type \"int\"."]"#),
        ];
        for (input, expected) in cases {
            assert_eq!(answer::<Vec<i64>>(input, &field), expected, "{input}");
        }
    }

    #[test]
    fn an_item_may_have_several_errors() {
        let mut field = described::<Vec<Email>>();
        field.child.as_mut().unwrap().max_length = Some(3);
        let expected =
            r#"! {"0":["Ensure this field has no more than 3 characters.","Enter a valid email address."]}"#;
        assert_eq!(answer::<Vec<Email>>(r#"["aaaa"]"#, &field), expected);
    }

    #[test]
    fn lists_of_lists_and_of_anything() {
        let matrix = described::<Vec<Vec<Integer>>>();
        let wrong = r#"! {"1":{"0":["A valid integer is required."]},"2":["Expected a list of items but got type \"int\"."]}"#;
        assert_eq!(answer::<Vec<Vec<Integer>>>(r#"[[1],["x"],3]"#, &matrix), wrong);
        assert_eq!(answer::<Vec<Vec<Integer>>>("[[1],[2,3],[]]", &matrix), "[[1],[2,3],[]]");
        let any = described::<Vec<Value>>();
        let anything = r#"[1,"a",null,{"x":[]}]"#;
        assert_eq!(answer::<Vec<Value>>(anything, &any), anything);
    }

    #[test]
    fn an_item_may_say_null_in_its_own_way() {
        let field = described::<Vec<Option<bool>>>();
        let expected = r#"! {"4":["Must be a valid boolean."]}"#;
        assert_eq!(answer::<Vec<Option<bool>>>(r#"["null","",null,true,"x"]"#, &field), expected);
        assert_eq!(answer::<Vec<Option<bool>>>(r#"["null","",null,1]"#, &field), "[null,null,null,true]");
    }
}
