//! Violated constraints, as the errors of validators.
//!
//! Between the check of a value and its writing, another request may have written it. The constraint then decides, and the
//! client gets the error of the validator. A constraint that no validator stands for remains an
//! [`IntegrityError`](crate::exceptions::IntegrityError).

use http::StatusCode;
use indexmap::IndexMap;
use sea_orm::Value as DbValue;

use super::description::SerializerDescription;
use super::validation::{Wanted, is_taken, unique_error, unique_together_error};
use crate::db::{Connection, QuerySet};
use crate::exceptions::{Detail, Error, IntegrityError, Result, ValidationError};
use crate::fields::{UniqueLookup, does_not_exist};
use crate::request::Request;
use crate::schema::Column;
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
        return write.rejection(request).await;
    }
    for write in attempts.iter().rev() {
        if let Some(rejection) = write.rejection(request).await? {
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

impl AttemptedWrite {
    async fn rejection(&self, request: &Request) -> Result<Option<ValidationError>> {
        let (db, key) = (request.db_for_write(), request.settings().non_field_errors_key.as_str());
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            rows.push(self.errors(row, key, db).await?);
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

    async fn errors(
        &self,
        row: &AttemptedRow,
        key: &str,
        db: &Connection,
    ) -> Result<IndexMap<String, Detail>> {
        let mut errors = IndexMap::new();
        for (index, value) in &row.values {
            self.check_value(*index, value, &mut errors, db).await?;
        }
        for (index, keys) in &row.links {
            for key in keys {
                self.check_reference(*index, key, &mut errors, db).await?;
            }
        }
        self.check_together(row, key, &mut errors, db).await?;
        Ok(errors)
    }

    async fn check_value(
        &self,
        index: usize,
        value: &DbValue,
        errors: &mut IndexMap<String, Detail>,
        db: &Connection,
    ) -> Result<()> {
        let field = &self.description.fields[index];
        let (Some(entity), Some(column)) = (self.description.entity, field.target) else { return Ok(()) };
        if field.unique {
            let wanted = [(column, value.clone(), field.unique_lookup)];
            if is_taken(entity, &wanted, &[], self.instance.as_ref(), db).await? {
                errors.insert(field.name.to_owned(), unique_error(entity, field, column).0);
                return Ok(());
            }
        }
        self.check_reference(index, value, errors, db).await
    }

    async fn check_reference(
        &self,
        index: usize,
        key: &DbValue,
        errors: &mut IndexMap<String, Detail>,
        db: &Connection,
    ) -> Result<()> {
        let field = &self.description.fields[index];
        let Some(relation) = field.relation.as_ref().filter(|_| *key != key.as_null()) else { return Ok(()) };
        if errors.contains_key(field.name)
            || QuerySet::all(relation.to).with_key(key.clone(), db).exists(db).await?
        {
            return Ok(());
        }
        let shown = Value::from(key.to_string());
        errors.insert(field.name.to_owned(), does_not_exist(field, &shown).0);
        Ok(())
    }

    async fn check_together(
        &self,
        row: &AttemptedRow,
        key: &str,
        errors: &mut IndexMap<String, Detail>,
        db: &Connection,
    ) -> Result<()> {
        let Some(entity) = self.description.entity else { return Ok(()) };
        for rule in self.description.unique_together.iter().filter(|rule| rule.period().is_none()) {
            let values: Vec<_> =
                rule.fields.iter().filter_map(|field| row.wanted(self.description, *field)).collect();
            let written = |column: &&Column| values.iter().any(|(of, _, _)| of.name == column.name);
            let columns = rule.fields.iter().filter_map(|field| self.description.fields[*field].target);
            // An update keeps the values of the other columns.
            let kept: Vec<_> = columns.filter(|column| !written(column)).collect();
            if values.is_empty() || !kept.is_empty() && self.instance.is_none() {
                continue;
            }
            if is_taken(entity, &values, &kept, self.instance.as_ref(), db).await? {
                errors.insert(key.to_owned(), unique_together_error(self.description, rule).into_list());
            }
        }
        Ok(())
    }
}

impl AttemptedRow {
    fn wanted(&self, description: &SerializerDescription, field: usize) -> Option<Wanted> {
        let column = description.fields[field].target?;
        let value = self.values.iter().find(|(index, _)| *index == field);
        value.map(|(_, value)| (column, value.clone(), UniqueLookup::Exact))
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
