//! Violated constraints, as the errors of validators.
//!
//! Between the check of a value and its writing, another request may have written it. The constraint then decides, and the
//! client gets the error of the validator. A constraint that no validator stands for remains an
//! [`IntegrityError`](crate::exceptions::IntegrityError).

use std::collections::HashSet;

use http::StatusCode;
use indexmap::IndexMap;
use sea_orm::Value as DbValue;

use super::description::SerializerDescription;
use super::validation::{Wanted, are_taken, is_taken, unique_error, unique_together_error};
use crate::db::{Connection, Key, MAX_KEYS, QuerySet, Row};
use crate::exceptions::{ConstraintKind, Detail, Error, IntegrityError, Result, ValidationError};
use crate::fields::{UniqueLookup, does_not_exist};
use crate::request::Request;
use crate::schema::{Column, Entity};
use crate::value::Value;

/// The values of a write, to find out which of them a constraint refused.
#[derive(Debug, Clone)]
pub(crate) struct AttemptedWrite {
    pub(crate) description: &'static SerializerDescription,
    pub(crate) rows: Vec<AttemptedRow>,
    /// True if the rows are a list, and not one row
    pub(crate) many: bool,
    /// The key of the row that is updated
    pub(crate) instance: Option<DbValue>,
    pub(crate) place: Vec<ErrorPath>,
}

/// The values of one row, by field.
#[derive(Debug, Default, Clone)]
pub(crate) struct AttemptedRow {
    pub(crate) values: Vec<(usize, DbValue)>,
    /// The keys of the rows that it is linked to
    pub(crate) links: Vec<(usize, Vec<DbValue>)>,
}

/// The place of the errors of a write, from the inside out.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ErrorPath {
    /// A field
    Field(&'static str),
    /// One of so many objects of a list
    Item(usize, usize),
}

/// Returns the 400 of the validator that would have rejected the write that violated a constraint; `None` if none would have.
/// Where the statement was the user's or the commit, each write that it may be about is tried. The validators look anew, outside
/// of the transaction that failed.
pub(crate) async fn rejection(request: &Request, error: &IntegrityError) -> Result<Option<ValidationError>> {
    let attempts = request.take_attempts::<AttemptedWrite>();
    if let Some(write) = error.write::<AttemptedWrite>() {
        return write.rejection(request, error.kind()).await;
    }
    for write in attempts.iter().rev() {
        if let Some(rejection) = write.rejection(request, error.kind()).await? {
            return Ok(Some(rejection));
        }
    }
    Ok(None)
}

/// Adds the place of the writes after the first attempts to their errors, and to the error itself.
pub(crate) fn placed(request: &Request, attempts: usize, error: Error, place: ErrorPath) -> Error {
    request.change_attempts(attempts, |write: &mut AttemptedWrite| write.place.push(place));
    match error {
        Error::Api(mut exception) if exception.status == StatusCode::BAD_REQUEST => {
            exception.detail = place.wrap(exception.detail, request);
            exception.into()
        }
        Error::Integrity(error) => match error.write::<AttemptedWrite>().cloned() {
            Some(mut write) => {
                write.place.push(place);
                Error::Integrity(error.with_write(write))
            }
            None => Error::Integrity(error),
        },
        other => other,
    }
}

/// The errors of a row, by field.
type RowErrors = IndexMap<String, Detail>;

impl AttemptedWrite {
    /// Looks up what a constraint of the kind may be about. A list of rows is looked up together, by few statements.
    async fn rejection(&self, request: &Request, kind: ConstraintKind) -> Result<Option<ValidationError>> {
        let (unique, references) = match kind {
            ConstraintKind::Unique => (true, false),
            ConstraintKind::ForeignKey => (false, true),
            // The database does not tell which one it is.
            ConstraintKind::Other => (true, true),
            ConstraintKind::NotNull | ConstraintKind::Check => return Ok(None),
        };
        let db = request.db_for_write();
        let mut rows = vec![RowErrors::new(); self.rows.len()];
        if unique {
            self.check_unique(&mut rows, db).await?;
        }
        if references {
            self.check_references(&mut rows, db).await?;
        }
        if unique {
            let key = request.settings().non_field_errors_key.as_str();
            self.check_together(&mut rows, key, db).await?;
        }
        if rows.iter().all(IndexMap::is_empty) {
            return Ok(None);
        }
        let errors = match self.many {
            true => list(rows.into_iter().map(Detail::Dict).collect(), request),
            false => Detail::Dict(rows.swap_remove(0)),
        };
        let errors = self.place.iter().fold(errors, |errors, place| place.wrap(errors, request));
        Ok(Some(ValidationError(errors)))
    }

    async fn check_unique(&self, rows: &mut [RowErrors], db: &Connection) -> Result<()> {
        let Some(entity) = self.description.entity else { return Ok(()) };
        for (index, field) in self.description.fields.iter().enumerate() {
            let Some(column) = field.target.filter(|_| field.unique) else { continue };
            let value = |row: &AttemptedRow| row.value(index).cloned();
            let wanted = |value| vec![(column, value, field.unique_lookup)];
            let wanted = self.rows.iter().map(|row| value(row).map(wanted)).collect();
            for row in self.taken(entity, wanted, &[], db).await? {
                rows[row].insert(field.name.to_owned(), unique_error(entity, field, column).0);
            }
        }
        Ok(())
    }

    async fn check_together(&self, rows: &mut [RowErrors], key: &str, db: &Connection) -> Result<()> {
        let Some(entity) = self.description.entity else { return Ok(()) };
        for rule in self.description.unique_together.iter().filter(|rule| rule.period().is_none()) {
            let columns = || rule.fields.iter().filter_map(|field| self.description.fields[*field].target);
            // An update keeps the values of the other columns.
            let kept: Vec<_> = match (&self.instance, self.rows.first()) {
                (Some(_), Some(row)) => columns().filter(|column| !self.sets(row, column)).collect(),
                _ => Vec::new(),
            };
            let whole =
                |wanted: &Vec<Wanted>| !wanted.is_empty() && wanted.len() + kept.len() == columns().count();
            let wanted = |row: &AttemptedRow| {
                let values = rule.fields.iter().filter_map(|field| row.wanted(self.description, *field));
                Some(values.collect()).filter(whole)
            };
            let wanted = self.rows.iter().map(wanted).collect();
            for row in self.taken(entity, wanted, &kept, db).await? {
                rows[row].insert(key.to_owned(), unique_together_error(self.description, rule).into_list());
            }
        }
        Ok(())
    }

    fn sets(&self, row: &AttemptedRow, column: &Column) -> bool {
        let is_column = |field: usize| {
            self.description.fields[field].target.is_some_and(|target| std::ptr::eq(target, column))
        };
        row.values.iter().any(|(field, _)| is_column(*field))
    }

    /// Returns the rows of which another row has the values; those without values are left out.
    async fn taken(
        &self,
        entity: &'static Entity,
        wanted: Vec<Option<Vec<Wanted>>>,
        kept: &[&'static Column],
        db: &Connection,
    ) -> Result<Vec<usize>> {
        let (rows, wanted): (Vec<_>, Vec<_>) =
            wanted.into_iter().enumerate().filter_map(|(row, wanted)| Some((row, wanted?))).unzip();
        let taken = match (&self.instance, &wanted[..]) {
            (Some(instance), [wanted]) => vec![is_taken(entity, wanted, kept, Some(instance), db).await?],
            _ => are_taken(entity, &wanted, db).await?,
        };
        Ok(rows.into_iter().zip(taken).filter_map(|(row, taken)| taken.then_some(row)).collect())
    }

    async fn check_references(&self, rows: &mut [RowErrors], db: &Connection) -> Result<()> {
        for (index, field) in self.description.fields.iter().enumerate() {
            let Some(relation) = &field.relation else { continue };
            let keys: Vec<_> = self.rows.iter().map(|row| row.keys(index)).collect();
            let wanted = keys.iter().flatten().map(|key| (Key::of(key), *key)).collect();
            let there = existing_keys(relation.to, wanted, db).await?;
            for (row, keys) in keys.iter().enumerate() {
                let missing = keys.iter().find(|key| !there.contains(&Key::of(key)));
                let Some(missing) = missing.filter(|_| !rows[row].contains_key(field.name)) else { continue };
                let shown = Value::from(missing.to_string());
                rows[row].insert(field.name.to_owned(), does_not_exist(field, &shown).0);
            }
        }
        Ok(())
    }
}

/// Returns those of some primary keys that rows of an entity have.
async fn existing_keys(
    entity: &'static Entity,
    wanted: IndexMap<Key, &DbValue>,
    db: &Connection,
) -> Result<HashSet<Key>> {
    let (column, storage) = (entity.primary_key(), db.storage(entity.primary_key()));
    let mut there = HashSet::with_capacity(wanted.len());
    for wanted in wanted.into_values().collect::<Vec<_>>().chunks(MAX_KEYS) {
        let queryset = QuerySet::all(entity);
        let own = queryset.own(column);
        let among = storage.is_among(own.clone(), wanted.iter().copied().cloned());
        for row in queryset.filter(among).fetch(db, vec![storage.selected(own).into()]).await? {
            there.extend(Row::new(&row).key(0, column)?);
        }
    }
    Ok(there)
}

impl AttemptedRow {
    fn value(&self, field: usize) -> Option<&DbValue> {
        self.values.iter().find(|(index, _)| *index == field).map(|(_, value)| value)
    }

    /// Returns the keys that a relation has been given: that of a foreign key, if it is not NULL, or those of links.
    fn keys(&self, field: usize) -> Vec<&DbValue> {
        let links = self.links.iter().filter(|(index, _)| *index == field).flat_map(|(_, keys)| keys);
        self.value(field).into_iter().chain(links).filter(|key| **key != key.as_null()).collect()
    }

    fn wanted(&self, description: &SerializerDescription, field: usize) -> Option<Wanted> {
        let column = description.fields[field].target?;
        self.value(field).map(|value| (column, value.clone(), UniqueLookup::Exact))
    }
}

impl ErrorPath {
    fn wrap(self, errors: Detail, request: &Request) -> Detail {
        match self {
            ErrorPath::Field(name) => Detail::Dict(IndexMap::from([(name.to_owned(), errors)])),
            ErrorPath::Item(index, length) => {
                let mut items: Vec<_> = (0..length).map(|_| Detail::Dict(IndexMap::new())).collect();
                items[index] = errors;
                list(items, request)
            }
        }
    }
}

/// Returns the errors of a list of objects, in the form that the settings say.
pub(super) fn list(items: Vec<Detail>, request: &Request) -> Detail {
    if !request.settings().list_serializer_errors_as_dict {
        return Detail::List(items);
    }
    let is_empty = |errors: &Detail| matches!(errors, Detail::Dict(errors) if errors.is_empty());
    let wrong = items.into_iter().enumerate().filter(|(_, errors)| !is_empty(errors));
    Detail::Dict(wrong.map(|(index, errors)| (index.to_string(), errors)).collect())
}
