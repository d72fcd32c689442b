//! References to rows in input: collected while it is read, looked up together afterwards.

use std::sync::{Arc, OnceLock};

use crate::exceptions::ValidationError;
use crate::fields::{FieldDescription, does_not_exist};
use crate::request::Request;
use crate::schema::{Column, Entity};
use crate::value::Value;

/// The rows that the fields of one object reference.
#[derive(Debug)]
pub struct References<'a> {
    pub(crate) request: &'a Request,
    /// True if the input is a form, whose values are all text
    pub(crate) form: bool,
    pub(crate) field: usize,
    pub(crate) items: Vec<(usize, Reference)>,
}

/// A row that input references.
#[derive(Debug)]
pub struct Reference {
    pub(crate) entity: &'static Entity,
    pub(crate) column: &'static Column,
    pub(crate) input: Value,
    pub(crate) value: sea_orm::Value,
    pub(crate) found: Option<ResolvedKey>,
    pub(crate) missing: Missing,
}

/// The primary key of a row that input names by something else, set once the row was looked up.
pub(crate) type ResolvedKey = Arc<OnceLock<sea_orm::Value>>;

pub(crate) type Missing = fn(&FieldDescription, &Value) -> ValidationError;

impl References<'_> {
    /// Returns the request that the input is of.
    pub fn request(&self) -> &Request {
        self.request
    }

    /// Adds a row that the input of the field references.
    pub fn add(&mut self, reference: Reference) {
        self.items.push((self.field, reference));
    }
}

impl Reference {
    /// Returns a reference to the row with a primary key.
    pub fn to_key(entity: &'static Entity, input: &Value, key: sea_orm::Value) -> Self {
        let column = entity.primary_key();
        Self { entity, column, input: input.clone(), value: key, found: None, missing: does_not_exist }
    }

    /// Returns a reference to the row with a value in a column; its primary key is stored in `found`.
    pub(crate) fn to_value(
        entity: &'static Entity,
        column: &'static Column,
        (input, value): (&Value, sea_orm::Value),
        found: ResolvedKey,
        missing: Missing,
    ) -> Self {
        Self { entity, column, input: input.clone(), value, found: Some(found), missing }
    }

    pub(crate) fn is_like(&self, other: &Self) -> bool {
        std::ptr::eq(self.entity, other.entity) && std::ptr::eq(self.column, other.column)
    }
}
