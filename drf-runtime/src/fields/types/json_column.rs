//! Values in columns of JSON: lists, dicts, documents.
//!
//! What is stored is what the type would show without options, so that it is read again whatever the options are.

use sea_orm::DbErr;

use crate::db::Row;
use crate::fields::{DbValue, Field, FieldDescription};
use crate::value::Value;
use crate::value::json::parse_json;

/// NULL in a column of JSON.
pub(in crate::fields) const NULL: sea_orm::Value = sea_orm::Value::Json(None);

/// Returns a value for a column of JSON.
pub(in crate::fields) fn write<T: Field>(value: &T) -> DbValue {
    let mut text = Vec::new();
    value.to_representation(&trusted::<T>(), &mut text);
    document(&parse_json(&text).expect("fields write JSON"))
}

/// Returns a document for a column of JSON.
pub(in crate::fields) fn document(value: &Value) -> DbValue {
    DbValue::Value(sea_orm::Value::Json(Some(Box::new(value.to_document()))))
}

/// Returns a value from a cell of JSON.
pub(in crate::fields) fn read<T: Field>(row: &Row<'_>, index: usize) -> Result<Option<T>, DbErr> {
    let Some(document) = read_document(row, index)? else { return Ok(None) };
    let value = T::to_internal_value(&document, &trusted::<T>());
    value.map(Some).map_err(|error| DbErr::Type(format!("a JSON column holds something else: {error}")))
}

/// Reads a document from a cell of JSON.
pub(in crate::fields) fn read_document(row: &Row<'_>, index: usize) -> Result<Option<Value>, DbErr> {
    row.document(index)
}

/// Returns the description of a type for values that were valid when they were written.
fn trusted<T: Field>() -> FieldDescription {
    let mut field = FieldDescription::of::<T>("");
    let mut next = Some(&mut field);
    while let Some(field) = next {
        field.trusted = true;
        field.big_integer = false;
        field.allow_blank = true;
        field.allow_empty = true;
        field.trim_whitespace = false;
        next = field.child.as_deref_mut();
    }
    field
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use rust_decimal::Decimal;
    use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};

    use super::*;
    use crate::fields::{HStore, Integer, JsonText, MultipleChoice, OrBlank};
    use crate::prelude::Choices;

    #[derive(Debug, Clone, Copy, PartialEq, Choices)]
    enum Letter {
        X,
        Y,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Choices)]
    #[repr(u8)]
    enum Number {
        One = 1,
        Two,
    }

    /// Returns the JSON of a stored value, and the value that is read again.
    async fn round_trip<T: Field>(value: &T) -> (String, T) {
        let DbValue::Value(stored) = value.to_db_value() else { panic!("no cell") };
        let cell = cell(stored).await;
        let mut shown = Vec::new();
        T::write_cell(&Row::new(&cell).into(), 0, &FieldDescription::of::<T>(""), &mut shown).unwrap();
        (String::from_utf8(shown).unwrap(), T::read(&Row::new(&cell), 0).unwrap().unwrap())
    }

    async fn cell(value: sea_orm::Value) -> sea_orm::QueryResult {
        let db = Database::connect("sqlite::memory:").await.unwrap();
        // as it is bound to a column of JSON
        let value = match value {
            sea_orm::Value::Json(Some(document)) => Value::from(*document).to_string().into(),
            other => other,
        };
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, "SELECT ?", [value]);
        db.query_one_raw(statement).await.unwrap().unwrap()
    }

    async fn is_null<T: Field>() -> bool {
        let cell = cell(T::null()).await;
        let mut shown = Vec::new();
        T::write_cell(&Row::new(&cell).into(), 0, &FieldDescription::of::<T>(""), &mut shown).unwrap();
        shown == b"null" && T::read(&Row::new(&cell), 0).unwrap().is_none()
    }

    #[tokio::test]
    async fn choices_are_read_as_they_were_stored() {
        assert_eq!(round_trip(&Letter::Y).await, (r#""y""#.to_owned(), Letter::Y));
        assert_eq!(round_trip(&Number::Two).await, ("2".to_owned(), Number::Two));
        assert_eq!(
            round_trip(&OrBlank::Choice(Letter::X)).await,
            (r#""x""#.to_owned(), OrBlank::Choice(Letter::X))
        );
        assert_eq!(round_trip(&OrBlank::<Letter>::Blank).await, (r#""""#.to_owned(), OrBlank::Blank));
        let several = MultipleChoice(vec![Number::Two, Number::One]);
        assert_eq!(round_trip(&several).await, ("[2,1]".to_owned(), several));
        let several = vec![Some(Letter::Y), None];
        assert_eq!(round_trip(&several).await, (r#"["y",null]"#.to_owned(), several));
    }

    #[tokio::test]
    async fn nothing_is_null() {
        assert!(is_null::<Letter>().await && is_null::<Number>().await && is_null::<OrBlank<Letter>>().await);
        assert!(is_null::<Vec<String>>().await && is_null::<HStore>().await && is_null::<Value>().await);
        assert!(
            is_null::<MultipleChoice<Letter>>().await
                && is_null::<JsonText>().await
                && is_null::<Integer>().await
        );
        assert!(is_null::<serde_json::Value>().await && is_null::<crate::fields::File>().await);
    }

    #[tokio::test]
    async fn lists_and_dicts_are_read_as_they_were_stored() {
        let texts = vec![Some(" a ".to_owned()), None, Some(String::new())];
        assert_eq!(round_trip(&texts).await, (r#"[" a ",null,""]"#.to_owned(), texts));
        let prices = IndexMap::from([("b".to_owned(), vec![Decimal::new(150, 2)]), ("a".to_owned(), vec![])]);
        assert_eq!(round_trip(&prices).await, (r#"{"b":["1.50"],"a":[]}"#.to_owned(), prices));
        let days = vec![chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap()];
        assert_eq!(round_trip(&days).await, (r#"["2024-02-29"]"#.to_owned(), days));
    }

    #[tokio::test]
    async fn texts_are_read_as_they_were_stored() {
        let store = HStore(IndexMap::from([("a".to_owned(), Some(" ".to_owned())), ("b".to_owned(), None)]));
        assert_eq!(round_trip(&store).await, (r#"{"a":" ","b":null}"#.to_owned(), store));
        let number = Integer::from(7);
        assert_eq!(round_trip(&number).await, ("7".to_owned(), number));
    }

    #[tokio::test]
    async fn documents_are_read_as_they_were_stored() {
        let document =
            Value::from([("a", Value::Int(1)), ("b", vec![Value::Null, Value::Float(1.5)].into())]);
        assert_eq!(round_trip(&document).await, (r#"{"a":1,"b":[null,1.5]}"#.to_owned(), document.clone()));
        let text = JsonText(document);
        assert_eq!(round_trip(&text).await, (r#""{\"a\": 1, \"b\": [null, 1.5]}""#.to_owned(), text));
        let number: Vec<Integer> = vec!["18446744073709551615".parse().unwrap()];
        assert_eq!(round_trip(&number).await, ("[18446744073709551615]".to_owned(), number));
    }
}
