//! Values in columns of JSON: lists, dicts, documents.
//!
//! What is stored is what the type would show without options, so that it is read again whatever the options are.

use sea_orm::DbErr;

use super::{Field, FieldDescription, Stored};
use crate::db::Row;
use crate::parsers::parse_json;
use crate::value::Value;

/// NULL in a column of JSON.
pub(super) const NULL: sea_orm::Value = sea_orm::Value::Json(None);

/// A value for a column of JSON.
pub(super) fn write<T: Field>(value: &T) -> Stored {
    let mut text = Vec::new();
    value.to_representation(&trusted::<T>(), &mut text);
    document(&parse_json(&text).unwrap_or_default())
}

/// A document for a column of JSON.
pub(super) fn document(value: &Value) -> Stored {
    Stored::Value(sea_orm::Value::Json(Some(Box::new(value.into()))))
}

/// A value from a cell of JSON.
pub(super) fn read<T: Field>(row: &Row<'_>, index: usize) -> Result<Option<T>, DbErr> {
    let Some(document) = read_document(row, index)? else { return Ok(None) };
    let value = T::to_internal_value(&document, &trusted::<T>());
    value.map(Some).map_err(|error| DbErr::Type(format!("a JSON column holds something else: {error}")))
}

/// A document from a cell of JSON. SQLite lends its text, where integers have any size.
pub(super) fn read_document(row: &Row<'_>, index: usize) -> Result<Option<Value>, DbErr> {
    match row.stored_text(index) {
        Some(text) => parse_json(text.as_bytes()).map(Some).map_err(|error| DbErr::Type(error.to_string())),
        None => Ok(row.json(index)?.map(Value::from)),
    }
}

/// The description of a type for values that were valid when they were written.
fn trusted<T: Field>() -> FieldDescription {
    let mut field = FieldDescription::of::<T>("");
    let mut next = Some(&mut field);
    while let Some(field) = next {
        field.trusted = true;
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
    use crate::fields::{Integer, JsonText};

    /// What is stored, and what is read again.
    async fn round_trip<T: Field>(value: &T) -> (String, T) {
        let Stored::Value(sea_orm::Value::Json(Some(json))) = value.to_stored() else { panic!("not JSON") };
        let db = Database::connect("sqlite::memory:").await.unwrap();
        let statement =
            Statement::from_sql_and_values(DbBackend::Sqlite, "SELECT ?", [json.to_string().into()]);
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        (json.to_string(), T::read(&Row::new(&row), 0).unwrap().unwrap())
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
    async fn documents_are_read_as_they_were_stored() {
        let document =
            Value::from([("a", Value::Int(1)), ("b", vec![Value::Null, Value::Float(1.5)].into())]);
        assert_eq!(round_trip(&document).await, (r#"{"a":1,"b":[null,1.5]}"#.to_owned(), document.clone()));
        let text = JsonText(document);
        assert_eq!(round_trip(&text).await.1, text);
        let number: Vec<Integer> = vec!["18446744073709551615".parse().unwrap()];
        assert_eq!(round_trip(&number).await, ("[18446744073709551615]".to_owned(), number));
    }
}
