//! What a constraint of the database refused, in DRF's words.
//!
//! Between the check of a value and its writing, another request may have written it. The constraint then decides, and
//! the client gets what the check would have said.

use std::fmt;

use http::StatusCode;
use indexmap::IndexMap;
use sea_orm::{DbErr, SqlErr};

use super::description::SerializerDescription;
use super::validation::{Wanted, is_taken, unique_error, unique_together_error};
use crate::db::{Connection, QuerySet};
use crate::exceptions::{Detail, Error, ValidationError};
use crate::fields::{UniqueLookup, does_not_exist};
use crate::value::Value;

/// A statement that a constraint refused, and the values it would have written.
pub struct Integrity {
    error: DbErr,
    description: &'static SerializerDescription,
    values: Vec<(usize, sea_orm::Value)>,
    instance: Option<sea_orm::Value>,
    /// The lists that the row stands in: the field, and the row's place
    within: Vec<(&'static str, usize)>,
}

impl Integrity {
    /// An error of a write: a refused constraint with its values, or any other as it is.
    pub(crate) fn of(
        error: Error,
        description: &'static SerializerDescription,
        values: Vec<(usize, sea_orm::Value)>,
        instance: Option<sea_orm::Value>,
    ) -> Error {
        match error {
            Error::Database(error) if is_violation(&error) => {
                Error::Integrity(Box::new(Self { error, description, values, instance, within: Vec::new() }))
            }
            other => other,
        }
    }

    /// The same, of a row in a list of another one.
    pub(crate) fn within(error: Error, field: &'static str, place: usize) -> Error {
        match error {
            Error::Integrity(mut integrity) => {
                integrity.within.push((field, place));
                Error::Integrity(integrity)
            }
            Error::Api(mut exception) if exception.status == StatusCode::BAD_REQUEST => {
                exception.detail = placed(exception.detail, field, place);
                exception.into()
            }
            other => other,
        }
    }

    /// The same as an answer for the client: which fields were refused. It is looked up anew, outside of the
    /// transaction that failed.
    pub(crate) async fn explain(self, key: &str, db: &Connection) -> Error {
        match self.find(key, db).await {
            Ok(errors) if errors.is_empty() => match self.unknown_constraint(key) {
                Some(error) => self.placed(error.0).into(),
                None => Error::Database(self.error),
            },
            Ok(errors) => self.placed(Detail::Dict(errors)).into(),
            Err(error) => error,
        }
    }

    /// The errors where the client looks for them: inside of the lists that the row stands in.
    fn placed(&self, errors: Detail) -> ValidationError {
        ValidationError(
            self.within.iter().fold(errors, |errors, (field, place)| placed(errors, field, *place)),
        )
    }

    async fn find(&self, key: &str, db: &Connection) -> Result<IndexMap<String, Detail>, Error> {
        let mut errors = IndexMap::new();
        let Some(entity) = self.description.entity else { return Ok(errors) };
        for (index, value) in &self.values {
            let field = &self.description.fields[*index];
            let Some(column) = field.target else { continue };
            let taken = field.unique
                && is_taken(
                    entity,
                    &[(column, value.clone(), field.unique_lookup)],
                    self.instance.as_ref(),
                    db,
                )
                .await?;
            if taken {
                errors.insert(field.name.to_owned(), unique_error(entity, field, column).0);
            } else if let Some(relation) = &field.relation
                && !QuerySet::all(relation.to).with_key(value.clone()).exists(db).await?
            {
                let shown = Value::from(value.to_string());
                errors.insert(field.name.to_owned(), does_not_exist(field, &shown).0);
            }
        }
        for rule in self.description.unique_together.iter().filter(|rule| rule.period().is_none()) {
            let values: Option<Vec<_>> = rule.fields.iter().map(|field| self.value_of(*field)).collect();
            let Some(values) = values else { continue };
            if is_taken(entity, &values, self.instance.as_ref(), db).await? {
                errors.insert(key.to_owned(), unique_together_error(self.description, rule).into_list());
            }
        }
        Ok(errors)
    }

    /// A constraint that the serializer knows nothing of, because it does not have all of its columns.
    fn unknown_constraint(&self, key: &str) -> Option<ValidationError> {
        let Some(SqlErr::UniqueConstraintViolation(_)) = self.error.sql_err() else { return None };
        let message = format!("{} with these values already exists.", self.description.entity?.verbose_name);
        let error = ValidationError::with_code(message, "unique").0;
        Some(ValidationError(Detail::Dict(IndexMap::from([(key.to_owned(), error)]))))
    }

    fn value_of(&self, field: usize) -> Option<Wanted> {
        let column = self.description.fields[field].target?;
        let found = self.values.iter().find(|(index, _)| *index == field);
        found.map(|(_, value)| (column, value.clone(), UniqueLookup::Exact))
    }
}

/// Errors of one of the objects of a field.
fn placed(errors: Detail, field: &str, place: usize) -> Detail {
    let items = Detail::Dict(IndexMap::from([(place.to_string(), errors)]));
    Detail::Dict(IndexMap::from([(field.to_owned(), items)]))
}

fn is_violation(error: &DbErr) -> bool {
    matches!(
        error.sql_err(),
        Some(SqlErr::UniqueConstraintViolation(_) | SqlErr::ForeignKeyConstraintViolation(_))
    )
}

impl fmt::Debug for Integrity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl fmt::Display for Integrity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}
