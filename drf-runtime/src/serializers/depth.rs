//! Whole rows behind relations. DRF's `depth`.

use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock, PoisonError, RwLock};

use sea_orm::DbErr;
use sea_orm::prelude::{Date, DateTimeUtc, Decimal, Time, Uuid};
use sea_orm::sea_query::ColumnType;

use super::description::{ListLimits, SerializerDescription};
use super::nested::{Describe, NestedRows};
use super::representation::RowWriter;
use crate::db::StatementCache;
use crate::fields::{Field, FieldDescription, Output, WriteCell};
use crate::schema::{Column, ColumnPath, Entity, Relation};

/// Serializes the rows of a relation whole: every column, and those that they point at if `depth` goes on.
pub(super) fn show_whole(field: &mut FieldDescription, depth: usize) {
    let Some(relation) = field.relation.as_ref().filter(|_| matches!(field.output, Output::Column)) else {
        return;
    };
    let description = description_of(relation.to, depth - 1);
    field.read_only = true;
    field.required = false;
    field.kind = crate::fields::FieldKind::NestedObject;
    let rows = NestedRows { description: Describe::Is(description), write: write_all, model: no_model };
    field.nested = Some((
        Describe::Is(description).into(),
        field.relation.as_ref().is_some_and(|relation| relation.many),
    ));
    field.show_rows(rows);
}

/// By the address of the entity and the depth.
type Descriptions = HashMap<(usize, usize), &'static SerializerDescription>;

static DESCRIPTIONS: LazyLock<RwLock<Descriptions>> = LazyLock::new(RwLock::default);

/// Returns the description of every column of a table. It is made once for each depth and lives as long as the process.
fn description_of(entity: &'static Entity, depth: usize) -> &'static SerializerDescription {
    let key = (std::ptr::from_ref(entity).addr(), depth);
    if let Some(known) = DESCRIPTIONS.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return known;
    }
    let made: &'static SerializerDescription = Box::leak(Box::new(describe(entity, depth)));
    DESCRIPTIONS.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(made)
}

fn describe(entity: &'static Entity, depth: usize) -> SerializerDescription {
    SerializerDescription {
        name: entity.table,
        entity: Some(entity),
        fields: entity.columns.iter().map(|column| field_of(entity, column, depth)).collect(),
        unique_together: Vec::new(),
        list: ListLimits::default(),
        created_by_hook: false,
        provided: Vec::new(),
        problems: Vec::new(),
        plan: OnceLock::new(),
        statement_cache: StatementCache::default(),
        write_cache: StatementCache::default(),
    }
}

fn field_of(entity: &'static Entity, column: &'static Column, depth: usize) -> FieldDescription {
    let name = column.field_name();
    let mut field = FieldDescription::new(name);
    let (describe, write) = writer_of(column);
    describe(&mut field);
    // A foreign key is no field of its own type in DRF.
    field.big_integer &= column.is_big_integer() && column.foreign_key.is_none();
    field.read_only = true;
    field.required = false;
    if let ColumnType::Decimal(Some((digits, places))) = &column.kind {
        (field.max_digits, field.decimal_places) = (Some(*digits), Some(*places));
    }
    field.element = Some(write);
    field.path = Some(ColumnPath { relations: Vec::new(), column, name: column.name.to_owned() });
    field.relation = forward(entity, column, name);
    if depth > 0 {
        show_whole(&mut field, depth);
    }
    field
}

/// Returns the relation that a foreign key is, if the table it points at is known.
fn forward(entity: &Entity, column: &'static Column, name: &'static str) -> Option<Relation> {
    use sea_orm::sea_query::{Alias, IntoIden};
    let (table, to_column) = column.foreign_key.clone()?;
    let to = entity.referenced(&table)?;
    let from_column = Alias::new(column.name).into_iden();
    Some(Relation { name, to, many: false, forward: true, from_column, to_column, through: None })
}

type DescribeField = fn(&mut FieldDescription);

/// Returns the field for a type of column. DRF's "serializer field mapping".
fn writer_of(column: &Column) -> (DescribeField, WriteCell) {
    fn of<T: Field>() -> (DescribeField, WriteCell) {
        (T::describe, T::write_cell)
    }
    match &column.kind {
        ColumnType::Boolean => of::<bool>(),
        ColumnType::Float | ColumnType::Double => of::<f64>(),
        ColumnType::Decimal(_) | ColumnType::Money(_) => of::<Decimal>(),
        ColumnType::Date => of::<Date>(),
        ColumnType::Time => of::<Time>(),
        ColumnType::DateTime | ColumnType::Timestamp | ColumnType::TimestampWithTimeZone => {
            of::<DateTimeUtc>()
        }
        ColumnType::Uuid => of::<Uuid>(),
        _ if column.is_integer() => of::<i64>(),
        _ => of::<String>(),
    }
}

fn write_all(row: &mut RowWriter<'_>) -> Result<(), DbErr> {
    row.every_field()
}

fn no_model(_: &sea_orm::QueryResult, _: &str) -> Result<Box<dyn std::any::Any + Send>, DbErr> {
    Ok(Box::new(()))
}
