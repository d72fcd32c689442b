//! The origin of a field's value in a row.

use std::any::Any;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use sea_orm::{DbErr, QueryResult};

use super::FieldDescription;
use crate::db::Row;
use crate::request::Request;

pub(crate) type WriteCell =
    fn(&SerializedRow<'_>, usize, &FieldDescription, &mut Vec<u8>) -> Result<(), DbErr>;

/// A row that is serialized in a response: its cells, and the request whose host links begin with.
#[derive(Clone, Copy)]
pub struct SerializedRow<'r> {
    row: Row<'r>,
    request: Option<&'r Request>,
}

impl<'r> SerializedRow<'r> {
    pub(crate) fn new(cells: &'r QueryResult, request: Option<&'r Request>) -> Self {
        Self { row: Row::new(cells), request }
    }

    /// Returns the request that the row is serialized for, if there is one.
    pub fn request(&self) -> Option<&'r Request> {
        self.request
    }
}

/// A row that is serialized outside of a request: it has no links.
impl<'r> From<Row<'r>> for SerializedRow<'r> {
    fn from(row: Row<'r>) -> Self {
        Self { row, request: None }
    }
}

impl<'r> Deref for SerializedRow<'r> {
    type Target = Row<'r>;

    fn deref(&self) -> &Row<'r> {
        &self.row
    }
}

impl fmt::Debug for SerializedRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.row.fmt(f)
    }
}

/// The origin of a field's value in a row.
#[derive(Debug, Clone)]
pub(crate) enum Output {
    /// From a column
    Column,
    /// From a method of the model
    Method,
    /// From a whole related row, as text
    Text(fn(&QueryResult, &str) -> Result<String, DbErr>),
    /// From a related row, by another serializer
    Nested(NestedSerializer),
    /// Not at all: hooks read the value
    None,
}

/// A serializer as a field of another one. Serializers stand on fields, so that here it is a value of any type.
#[derive(Clone)]
pub(crate) struct NestedSerializer(Arc<dyn Any + Send + Sync>);

impl NestedSerializer {
    pub(crate) fn new(serializer: impl Any + Send + Sync) -> Self {
        Self(Arc::new(serializer))
    }

    pub(crate) fn downcast_ref<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

impl fmt::Debug for NestedSerializer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NestedSerializer")
    }
}
