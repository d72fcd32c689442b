//! Looks up the rows that input references, all of a table together.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use sea_orm::{ConnectionTrait, DbBackend};

use crate::db::{Connection, Key, MAX_KEYS, QuerySet, Row};
use crate::exceptions::{Result, ValidationError};
use crate::fields::{FieldDescription, Reference};
use crate::request::Request;
use crate::schema::{Column, ColumnPath};

use crate::serializers::Validation;

/// Returns whether the database refuses all that points at no row, and its key is all that the response needs to say so.
pub(super) async fn is_guarded(input: &Validation<'_>, db: &Connection) -> Result<bool> {
    let Some(entity) = input.description.entity.filter(|_| !input.has_children()) else { return Ok(false) };
    let foreign_keys = input.request.app().foreign_keys();
    for (field, reference) in &input.references.items {
        let field = &input.description.fields[*field];
        let plain = field.queryset.is_none() && reference.found.is_none();
        let plain = plain && reference.input.to_python_str() == reference.value.to_string();
        let Some(column) = field.target.filter(|_| plain) else { return Ok(false) };
        if !foreign_keys.guard(entity, column.name, reference.entity, db).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A reference, and the object and field it is of.
struct Located {
    object: usize,
    field: &'static FieldDescription,
    index: usize,
    reference: Reference,
}

/// Looks for the rows that objects point at, and the objects inside of them. One statement for each table.
pub(super) async fn check_references(inputs: &mut [Validation<'_>], db: &Connection) -> Result<()> {
    let Some(request) = inputs.first().map(|input| input.request) else { return Ok(()) };
    let mut missing: HashMap<usize, Vec<(usize, ValidationError)>> = HashMap::new();
    for group in grouped(take_all(inputs)) {
        for (object, field, error) in look_for(group, request, db).await? {
            missing.entry(object).or_default().push((field, error));
        }
    }
    let mut object = 0;
    for input in inputs {
        input.each(&mut |input| {
            for (field, error) in missing.remove(&object).into_iter().flatten() {
                // It stands before any later item that is no key at all, so it is what is reported.
                input.errors[field] = Some(error.0);
            }
            object += 1;
        });
    }
    Ok(())
}

fn take_all(inputs: &mut [Validation<'_>]) -> Vec<Located> {
    let (mut all, mut object) = (Vec::new(), 0);
    for input in inputs {
        input.each(&mut |input| {
            let fields = &input.description.fields;
            all.extend(input.references.items.drain(..).map(|(index, reference)| Located {
                object,
                field: &fields[index],
                index,
                reference,
            }));
            object += 1;
        });
    }
    all
}

/// Groups the references that one statement can look up: by the same column of the same rows.
fn grouped(all: Vec<Located>) -> Vec<Vec<Located>> {
    let mut groups: Vec<Vec<Located>> = Vec::new();
    for located in all {
        let same = |group: &&mut Vec<Located>| {
            let first = &group[0];
            first.reference.is_like(&located.reference)
                && (std::ptr::eq(first.field, located.field)
                    || (first.field.queryset.is_none() && located.field.queryset.is_none()))
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(located),
            None => groups.push(vec![located]),
        }
    }
    groups
}

/// Returns the references that lead nowhere: object, field, error. Of each field the first one counts.
async fn look_for(
    group: Vec<Located>,
    request: &Request,
    db: &Connection,
) -> Result<Vec<(usize, usize, ValidationError)>> {
    let there = keys_of(&group, request, db).await?;
    let (mut missing, mut reported) = (Vec::new(), HashSet::new());
    for Located { object, field, index, reference } in group {
        match there.get(&Key::of(&reference.value)) {
            Some(key) => reference.found.iter().for_each(|found| _ = found.set(key.to_value())),
            None if reported.insert((object, index)) => {
                missing.push((object, index, (reference.missing)(field, &reference.input)));
            }
            None => {}
        }
    }
    Ok(missing)
}

/// Returns the primary keys of the rows that are there, by what points at them.
async fn keys_of(group: &[Located], request: &Request, db: &Connection) -> Result<HashMap<Key, Key>> {
    let first = &group[0];
    let (entity, column) = (first.reference.entity, first.reference.column);
    let rows = match &first.field.queryset {
        Some(limit) => (limit.0)(request),
        None => QuerySet::all(entity),
    };
    let wanted: IndexMap<Key, &sea_orm::Value> =
        group.iter().map(|located| (Key::of(&located.reference.value), &located.reference.value)).collect();
    let mut there = HashMap::with_capacity(wanted.len());
    for wanted in wanted.values().copied().collect::<Vec<_>>().chunks(MAX_KEYS) {
        there.extend(having(&rows, column, wanted, db).await?);
    }
    // The collations of MySQL do not tell the case of letters apart, nor accents: a row that was found may have another
    // spelling than was asked for. Each is asked for alone, as far as errors are reported.
    if db.get_database_backend() == DbBackend::MySql && db.storage(column).is_text() {
        let (missing, max) =
            (wanted.iter().filter(|(key, _)| !there.contains_key(*key)), request.settings().max_errors);
        let missing: Vec<_> = missing.map(|(key, value)| (key.clone(), *value)).take(max).collect();
        for (key, value) in missing {
            if let Some((_, row)) = having(&rows, column, &[value], db).await?.pop() {
                there.insert(key, row);
            }
        }
    }
    Ok(there)
}

/// Returns the rows with some values in a column: the value and the primary key of each.
async fn having(
    rows: &QuerySet,
    column: &'static Column,
    wanted: &[&sea_orm::Value],
    db: &Connection,
) -> Result<Vec<(Key, Key)>> {
    let mut queryset = rows.clone();
    let (primary_key, storage) = (queryset.entity().primary_key(), db.storage(column));
    let mut path =
        |column| queryset.column(&ColumnPath { relations: Vec::new(), column, name: String::new() });
    let (value, key) = (path(column), path(primary_key));
    let among = storage.is_among(value.clone(), wanted.iter().copied().cloned());
    let queryset = queryset.filter(among).single();
    let cells = vec![storage.selected(value).into(), db.storage(primary_key).selected(key).into()];
    let mut there = Vec::with_capacity(wanted.len());
    for row in &queryset.fetch(db, cells).await? {
        let row = Row::new(row);
        there.extend(row.key(0, column)?.zip(row.key(1, primary_key)?));
    }
    Ok(there)
}
