//! Values that no two rows may have.

use chrono::{Datelike, NaiveDate};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Func, SelectStatement};

use super::Instance;
use super::input::Validation;
use crate::db::{Connection, DatePart, MAX_KEYS};
use crate::exceptions::{Error, Result, ValidationError};
use crate::fields::{FieldDescription, UniqueLookup};
use crate::schema::{Column, Entity};

/// The sets of values that one statement looks up.
const MAX_LOOKUPS: usize = 100;

/// Looks for rows that have a unique value already. What a constraint guards need not be looked up while all else is
/// valid: the write will tell, in one statement in place of two.
pub(super) async fn check_unique(
    input: &mut Validation<'_>,
    constrained: bool,
    instance: Option<&Instance<'_>>,
    db: &Connection,
) -> Result<()> {
    // Here, and not where objects are completed, which is compiled for each serializer.
    if let Some(failure) = input.take_failure() {
        return Err(failure);
    }
    check_own(input, constrained, instance.map(|instance| &instance.key), db).await?;
    let mut level: Vec<_> = input.children.iter_mut().map(|child| &mut child.validation).collect();
    while !level.is_empty() {
        level.sort_by_key(|object| (std::ptr::from_ref(object.description).addr(), object.own_key.is_none()));
        // Objects inside of another one are new as far as DRF knows, unless they say which row they are.
        for objects in level.chunk_by_mut(|left, right| is_alike(left, right)) {
            if objects[0].own_key.is_none() {
                forget_free(objects, db).await?;
            }
        }
        let mut inside = Vec::new();
        for object in level {
            let own_key = object.own_key.clone();
            check_own(object, false, own_key.as_ref(), db).await?;
            check_own(object, true, own_key.as_ref(), db).await?;
            inside.extend(object.children.iter_mut().map(|child| &mut child.validation));
        }
        level = inside;
    }
    Ok(())
}

/// Reports whether two objects are of one serializer, and whether both are new or both rows.
fn is_alike(left: &Validation<'_>, right: &Validation<'_>) -> bool {
    std::ptr::eq(left.description, right.description) && left.own_key.is_none() == right.own_key.is_none()
}

/// Looks up the unique values of all objects of a list together, and forgets those that no row has. What is left is looked
/// up once more, one by one: there are no more of them than errors may be reported.
pub(super) async fn forget_free(inputs: &mut [&mut Validation<'_>], db: &Connection) -> Result<()> {
    let Some(description) = inputs.first().map(|input| input.description) else { return Ok(()) };
    let Some(entity) = description.entity else { return Ok(()) };
    for (index, field) in description.fields.iter().enumerate() {
        let Some(column) = field.target else { continue };
        let values = inputs.iter().flat_map(|input| &input.uniques).filter(|(of, _)| *of == index);
        let values: Vec<_> = values.map(|(_, value)| value.clone()).collect();
        if values.len() < 2 {
            continue;
        }
        let exact = field.unique_lookup == UniqueLookup::Exact;
        let taken = match exact && !is_any_taken(entity, column, &values, db).await? {
            true => vec![false; values.len()],
            false => {
                let wanted = |value| vec![(column, value, field.unique_lookup)];
                are_taken(entity, &values.into_iter().map(wanted).collect::<Vec<_>>(), db).await?
            }
        };
        let mut taken = taken.into_iter();
        let mut is_taken = |of: usize| of != index || taken.next().unwrap_or(true);
        inputs.iter_mut().for_each(|input| input.uniques.retain(|(of, _)| is_taken(*of)));
    }
    Ok(())
}

async fn is_any_taken(
    entity: &Entity,
    column: &'static Column,
    values: &[sea_orm::Value],
    db: &Connection,
) -> Result<bool> {
    for values in values.chunks(MAX_KEYS) {
        let mut statement = SelectStatement::new();
        statement.expr(Expr::val(1)).from(entity.table_ref.clone());
        let own = Expr::col(Alias::new(column.name));
        statement.and_where(db.storage(column).is_among(own, values.iter().cloned()));
        if db.one(&statement).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn check_own(
    input: &mut Validation<'_>,
    constrained: bool,
    instance: Option<&sea_orm::Value>,
    db: &Connection,
) -> Result<()> {
    let Some(entity) = input.description.entity else { return Ok(()) };
    let (now, later) = std::mem::take(&mut input.uniques)
        .into_iter()
        .partition(|(index, _)| input.description.fields[*index].constrained == constrained);
    input.uniques = later;
    for (index, value) in now {
        let field = &input.description.fields[index];
        let Some(column) = field.target else { continue };
        if is_taken(entity, &[(column, value, field.unique_lookup)], &[], instance, db).await? {
            input.put_first(index, unique_error(entity, field, column));
        }
    }
    Ok(())
}

pub(in crate::serializers) fn unique_error(
    entity: &Entity,
    field: &FieldDescription,
    column: &Column,
) -> ValidationError {
    let name = match field.relation {
        Some(_) => column.name.strip_suffix("_id").unwrap_or(column.name),
        None => column.field_name(),
    };
    let label = name.replace('_', " ");
    let message = format!("{} with this {label} already exists.", entity.verbose_name);
    field.fail("unique", &message, &[])
}

/// A column, a value of it, and how they are compared.
pub(in crate::serializers) type Wanted = (&'static Column, sea_orm::Value, UniqueLookup);

/// Reports whether another row has these values, and those of some columns that the row itself keeps.
pub(in crate::serializers) async fn is_taken(
    entity: &'static Entity,
    values: &[Wanted],
    kept: &[&'static Column],
    instance: Option<&sea_orm::Value>,
    db: &Connection,
) -> Result<bool> {
    match rows_with(entity, values, kept, instance, db) {
        Some(statement) => Ok(db.one(&statement).await?.is_some()),
        None => Ok(false),
    }
}

/// Reports for each of many sets of values whether a row has them, by few statements.
pub(in crate::serializers) async fn are_taken(
    entity: &'static Entity,
    wanted: &[Vec<Wanted>],
    db: &Connection,
) -> Result<Vec<bool>> {
    let mut taken = Vec::with_capacity(wanted.len());
    for wanted in wanted.chunks(MAX_LOOKUPS) {
        let mut statement = SelectStatement::new();
        for values in wanted {
            let rows = rows_with(entity, values, &[], None, db);
            statement.expr(rows.map_or(Expr::cust("0"), |rows| {
                Expr::case(Expr::exists(rows), Expr::cust("1")).finally(Expr::cust("0")).into()
            }));
        }
        let Some(row) = db.one(&statement).await? else {
            return Err(Error::internal("a SELECT without a row"));
        };
        for index in 0..wanted.len() {
            taken.push(row.try_get_by_index::<i32>(index)? == 1);
        }
    }
    Ok(taken)
}

/// Returns the query for the rows with some values; `None` if no row can have them.
fn rows_with(
    entity: &'static Entity,
    values: &[Wanted],
    kept: &[&'static Column],
    instance: Option<&sea_orm::Value>,
    db: &Connection,
) -> Option<SelectStatement> {
    let mut statement = SelectStatement::new();
    statement.expr(Expr::val(1)).from(entity.table_ref.clone());
    // Elsewhere NULL is unlike anything.
    let for_period = values.iter().any(|(_, _, lookup)| parts_of(*lookup).is_some());
    for (column, value, lookup) in values {
        if let Some(parts) = parts_of(*lookup) {
            same_period(&mut statement, column, value, parts, db);
            continue;
        }
        if for_period && *value == value.as_null() {
            statement.and_where(Expr::col(Alias::new(column.name)).is_null());
            continue;
        }
        let storage = db.storage(column);
        // no row has a value that the column cannot hold
        let value = storage.bind(value.clone()).ok()?;
        let (name, value) = (storage.compared(Expr::col(Alias::new(column.name))), storage.operand(value));
        statement.and_where(match lookup {
            UniqueLookup::Exact | UniqueLookup::Date | UniqueLookup::Month | UniqueLookup::Year => {
                name.eq(value)
            }
            UniqueLookup::IExact => Expr::expr(Func::lower(name)).eq(Func::lower(value)),
        });
    }
    if let Some(instance) = instance {
        let own = Expr::col(Alias::new(entity.primary_key().name));
        if let Ok(is_the_row) = db.storage(entity.primary_key()).equals(own, instance.clone()) {
            for column in kept {
                let mut row = SelectStatement::new();
                row.expr(Expr::col(Alias::new(column.name))).from(entity.table_ref.clone());
                row.and_where(is_the_row.clone());
                statement.and_where(Expr::col(Alias::new(column.name)).in_subquery(row));
            }
            statement.and_where(is_the_row.not());
        }
    }
    Some(statement)
}

/// Returns the parts of a date that are compared.
fn parts_of(lookup: UniqueLookup) -> Option<&'static [DatePart]> {
    match lookup {
        UniqueLookup::Date => Some(&[DatePart::Day, DatePart::Month, DatePart::Year]),
        UniqueLookup::Month => Some(&[DatePart::Month]),
        UniqueLookup::Year => Some(&[DatePart::Year]),
        UniqueLookup::Exact | UniqueLookup::IExact => None,
    }
}

fn same_period(
    statement: &mut SelectStatement,
    column: &'static Column,
    value: &sea_orm::Value,
    parts: &[DatePart],
    db: &Connection,
) {
    let Some(date) = date_of(value) else { return };
    for part in parts {
        let number: i64 = match part {
            DatePart::Year => date.year().into(),
            DatePart::Month => date.month().into(),
            _ => date.day().into(),
        };
        let name = Expr::col(Alias::new(column.name));
        statement
            .and_where(part.of(name, db.storage(column).has_zone(), db.get_database_backend()).eq(number));
    }
}

fn date_of(value: &sea_orm::Value) -> Option<NaiveDate> {
    match value {
        sea_orm::Value::ChronoDate(date) => *date,
        sea_orm::Value::ChronoDateTime(time) => time.map(|time| time.date()),
        sea_orm::Value::ChronoDateTimeUtc(time) => time.map(|time| time.date_naive()),
        _ => None,
    }
}
