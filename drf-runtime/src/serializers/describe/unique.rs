//! The rules of uniqueness that follow from the unique keys of an entity. DRF's `get_unique_together_validators` and
//! `get_uniqueness_extra_kwargs`.

use sea_orm::Value as DbValue;
use sea_orm::sea_query::Expr;

use crate::fields::{FieldDescription, UniqueLookup};
use crate::schema::{Column, Entity};
use crate::serializers::description::UniqueTogether;
use crate::value::Value;

/// Adds a rule for each unique key of several columns that the fields write, unless the serializer has one for the same
/// columns. Returns what is wrong.
pub(super) fn add_unique_keys(
    rules: &mut Vec<UniqueTogether>,
    entity: &Entity,
    fields: &[FieldDescription],
) -> Vec<String> {
    let mut problems = Vec::new();
    for key in &entity.unique_keys {
        if rules.iter().any(|rule| rule.lookup == UniqueLookup::Exact && is_about(rule, key, fields)) {
            continue;
        }
        match fields_of(key, fields) {
            Ok(Some(fields)) => {
                rules.push(UniqueTogether { fields, message: None, lookup: UniqueLookup::Exact });
            }
            Ok(None) => {}
            Err(column) => problems.push(format!(
                "several fields write the column `{column}` of a unique key: write `unique_together(..)` with the fields that \
                 it is about"
            )),
        }
    }
    problems
}

/// Sorts rules as DRF's validators are: those for a period last, in the order of the columns.
pub(super) fn sort_rules(rules: &mut [UniqueTogether], entity: &Entity, fields: &[FieldDescription]) {
    let position = |field: &usize| {
        let target = fields[*field].target?;
        entity.columns.iter().position(|column| column.name == target.name)
    };
    rules.sort_by_key(|rule| rule.period().map(|_| rule.fields.first().and_then(position)));
}

/// Returns whether the fields of a rule are those of a unique key.
fn is_about(rule: &UniqueTogether, key: &[&str], fields: &[FieldDescription]) -> bool {
    let mut columns: Vec<_> =
        rule.fields.iter().filter_map(|field| Some(fields[*field].target?.name)).collect();
    let mut key = key.to_vec();
    columns.sort_unstable();
    key.sort_unstable();
    columns == key
}

/// Returns the fields of the columns of a unique key, in its order; `None` if a column has no field with a value, and the
/// column if several fields write it.
fn fields_of(key: &[&'static str], fields: &[FieldDescription]) -> Result<Option<Vec<usize>>, &'static str> {
    let mut indexes = Vec::with_capacity(key.len());
    for column in key {
        let of_column = |field: &usize| fields[*field].target.is_some_and(|target| target.name == *column);
        let (read_only, written): (Vec<_>, Vec<_>) =
            (0..fields.len()).filter(of_column).partition(|field| fields[*field].read_only);
        match (written.as_slice(), read_only.into_iter().find(|field| has_default(&fields[*field]))) {
            ([field], _) => indexes.push(*field),
            ([], Some(field)) => indexes.push(field),
            ([], None) => return Ok(None),
            _ => return Err(column),
        }
    }
    Ok(Some(indexes))
}

fn has_default(field: &FieldDescription) -> bool {
    field.defaulted || field.target.and_then(default_of).is_some()
}

/// Gives the fields of rules the defaults of their columns: an absent value is validated, and written, as the default or NULL.
/// Of a rule for a period, this concerns the date only.
pub(super) fn imply_defaults(fields: &mut [FieldDescription], rules: &[UniqueTogether]) {
    for rule in rules {
        let about = if rule.period().is_some() { &rule.fields[1..] } else { &rule.fields[..] };
        for field in about {
            let field = &mut fields[*field];
            if !field.required && !field.defaulted && !field.hidden {
                field.implied_default = field.target.and_then(default_of);
            }
        }
    }
}

fn default_of(column: &'static Column) -> Option<Value> {
    match &column.default {
        Some(Expr::Value(value)) => input_of(value),
        // An expression is the database's to evaluate.
        Some(_) => None,
        None => column.null.then_some(Value::Null),
    }
}

/// Returns the input that stands for a value of a column.
fn input_of(value: &DbValue) -> Option<Value> {
    Some(match value {
        DbValue::Bool(Some(value)) => Value::Bool(*value),
        DbValue::TinyInt(Some(number)) => Value::Int((*number).into()),
        DbValue::SmallInt(Some(number)) => Value::Int((*number).into()),
        DbValue::Int(Some(number)) => Value::Int((*number).into()),
        DbValue::BigInt(Some(number)) => Value::Int(*number),
        DbValue::TinyUnsigned(Some(number)) => Value::Int((*number).into()),
        DbValue::SmallUnsigned(Some(number)) => Value::Int((*number).into()),
        DbValue::Unsigned(Some(number)) => Value::Int((*number).into()),
        DbValue::BigUnsigned(Some(number)) => Value::Int(i64::try_from(*number).ok()?),
        DbValue::Float(Some(number)) => Value::Float((*number).into()),
        DbValue::Double(Some(number)) => Value::Float(*number),
        DbValue::String(Some(text)) => Value::String(text.clone()),
        DbValue::Decimal(Some(number)) => Value::String(number.to_string()),
        DbValue::Uuid(Some(uuid)) => Value::String(uuid.to_string()),
        DbValue::ChronoDate(Some(date)) => Value::String(date.to_string()),
        _ => return None,
    })
}
