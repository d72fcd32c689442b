//! `IndexMap<String, T>`: values by key.

use indexmap::IndexMap;
use sea_orm::DbErr;

use super::{items, json_column};
use crate::db::Row;
use crate::exceptions::ValidationError;
use crate::fields::options::Collection;
use crate::fields::{DbValue, Field, FieldDescription, FieldKind, FormInput, References};
use crate::schema::SourceOf;
use crate::value::json::write_string;
use crate::value::{Dict, Value};

/// DRF's `DictField`: the keys are text and keep their order, the values are fields of their own.
///
/// What is wrong with the values is reported by key: `{"a": ["A valid number is required."]}`. A dict of anything,
/// `null` too, DRF's `DictField()` without a child, is an `IndexMap<String, Value>`; its `HStoreField` is [`HStore`].
///
/// Options: `allow_empty`, and `child` with those of the values. Errors: `not_a_dict`, `empty`. In a table it is stored in
/// a column of the type `Json`.
impl<T: Field> Field for IndexMap<String, T> {
    type Source = IndexMap<String, T::Source>;

    const FORM: FormInput = FormInput::Dict;

    fn describe(field: &mut FieldDescription) {
        field.kind = FieldKind::Dict;
        field.child = items::child::<T>();
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        validate(entries(input, field)?, field, None)
    }

    fn resolve(
        input: &Value,
        field: &FieldDescription,
        references: &mut References<'_>,
    ) -> Result<Self, ValidationError> {
        let entries = entries(input, field)?;
        items::inside_form(references, |references| validate(entries, field, Some(references)))
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        items::with_child::<T, _>(field, |child| write(self, child, out));
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        json_column::read(row, index)
    }

    fn to_db_value(&self) -> DbValue {
        json_column::write(self)
    }

    fn null() -> sea_orm::Value {
        json_column::NULL
    }
}

impl<T> Collection for IndexMap<String, T> {}

#[diagnostic::do_not_recommend]
impl<T: Field> SourceOf<IndexMap<String, T>, IndexMap<String, T::Source>> for serde_json::Value {}
#[diagnostic::do_not_recommend]
impl<T: Field> SourceOf<Option<IndexMap<String, T>>, Option<IndexMap<String, T::Source>>>
    for Option<serde_json::Value>
{
}

fn entries<'i>(input: &'i Value, field: &FieldDescription) -> Result<&'i Dict, ValidationError> {
    let Value::Dict(entries) = input else {
        let message = "Expected a dictionary of items but got type \"{input_type}\".";
        return Err(field.fail("not_a_dict", message, &[("input_type", input.type_name())]));
    };
    if entries.is_empty() && !field.allow_empty {
        return Err(field.fail("empty", "This dictionary may not be empty.", &[]));
    }
    Ok(entries)
}

fn validate<T: Field>(
    entries: &Dict,
    field: &FieldDescription,
    references: Option<&mut References<'_>>,
) -> Result<IndexMap<String, T>, ValidationError> {
    let run = |child: &FieldDescription| items::run_child_validation(entries.iter(), child, references);
    let values = items::with_child::<T, _>(field, run)?;
    Ok(values.into_iter().map(|(key, value)| (key.clone(), value)).collect())
}

fn write<T: Field>(entries: &IndexMap<String, T>, child: &FieldDescription, out: &mut Vec<u8>) {
    out.push(b'{');
    for (index, (key, value)) in entries.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_string(key, out);
        out.push(b':');
        value.to_representation(child, out);
    }
    out.push(b'}');
}

/// Text by key, any of which may be blank or `null`: what PostgreSQL's `hstore` holds. DRF's `HStoreField`.
///
/// As everywhere, a number becomes text. In a table it is stored in a column of the type `Json`.
///
/// ```
/// use drf::fields::{HStore, IndexMap};
///
/// let colours = HStore(IndexMap::from([("sky".to_owned(), Some("blue".to_owned()))]));
/// assert_eq!(colours.get("sky"), Some(&Some("blue".to_owned())));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HStore(pub IndexMap<String, Option<String>>);

type Texts = IndexMap<String, Option<String>>;

impl Field for HStore {
    type Source = <Texts as Field>::Source;

    const FORM: FormInput = FormInput::Dict;

    fn describe(field: &mut FieldDescription) {
        Texts::describe(field);
        if let Some(child) = &mut field.child {
            child.allow_blank = true;
        }
    }

    fn to_internal_value(input: &Value, field: &FieldDescription) -> Result<Self, ValidationError> {
        Texts::to_internal_value(input, field).map(Self)
    }

    fn to_representation(&self, field: &FieldDescription, out: &mut Vec<u8>) {
        self.0.to_representation(field, out);
    }

    fn read(row: &Row<'_>, index: usize) -> Result<Option<Self>, DbErr> {
        Ok(json_column::read(row, index)?.map(Self))
    }

    fn to_db_value(&self) -> DbValue {
        self.0.to_db_value()
    }

    fn null() -> sea_orm::Value {
        json_column::NULL
    }
}

impl Collection for HStore {}

#[diagnostic::do_not_recommend]
impl SourceOf<HStore, <HStore as Field>::Source> for serde_json::Value {}
#[diagnostic::do_not_recommend]
impl SourceOf<Option<HStore>, Option<<HStore as Field>::Source>> for Option<serde_json::Value> {}

impl std::ops::Deref for HStore {
    type Target = IndexMap<String, Option<String>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::fields::tests::{answer, described};

    type Prices = IndexMap<String, Decimal>;

    #[test]
    fn values_are_validated_each() {
        let mut field = described::<Prices>();
        field.allow_empty = false;
        let child = field.child.as_mut().unwrap();
        (child.max_digits, child.decimal_places) = (Some(5), Some(2));
        let cases = [
            (r#"{"b":"1.5","a":2}"#, r#"{"b":"1.50","a":"2.00"}"#),
            (
                r#"{"a":"1.555","b":"x","c":null,"d":1}"#,
                r#"! {"a":["Ensure that there are no more than 2 decimal places."],"b":["A valid number is required."],"c":["This field may not be null."]}"#,
            ),
            ("{}", r#"! ["This dictionary may not be empty."]"#),
            ("[]", r#"! ["Expected a dictionary of items but got type \"list\"."]"#),
            (r#""x""#, r#"! ["Expected a dictionary of items but got type \"str\"."]"#),
        ];
        for (input, expected) in cases {
            assert_eq!(answer::<Prices>(input, &field), expected, "{input}");
        }
    }

    #[test]
    fn dicts_of_lists() {
        type Lists = IndexMap<String, Vec<i64>>;
        let expected = r#"! {"a":{"1":["A valid integer is required."]},"b":["Expected a list of items but got type \"int\"."]}"#;
        assert_eq!(answer::<Lists>(r#"{"a":[1,"x"],"b":3,"c":[]}"#, &described::<Lists>()), expected);
    }

    #[test]
    fn an_hstore_holds_text() {
        let field = described::<HStore>();
        let input = r#"{"a":1,"b":null,"c":"","d":" x ","e":1.5}"#;
        assert_eq!(answer::<HStore>(input, &field), r#"{"a":"1","b":null,"c":"","d":"x","e":"1.5"}"#);
        let expected = r#"! {"f":["Not a valid string."],"g":["Not a valid string."]}"#;
        assert_eq!(answer::<HStore>(r#"{"f":true,"g":[1],"h":""}"#, &field), expected);
    }
}
