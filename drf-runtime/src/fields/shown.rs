//! How the value of a field comes out of a row.

use std::any::Any;
use std::fmt;

use sea_orm::{DbErr, QueryResult};

use super::FieldDescription;
use crate::db::Row;
use crate::serializers::{RowWriter, SerializerDescription};

pub(crate) type WriteCell = fn(&Row<'_>, usize, &FieldDescription, &mut Vec<u8>) -> Result<(), DbErr>;

/// How the value of a field comes out of a row.
#[derive(Debug, Clone)]
pub(crate) enum Shown {
    /// It is a column
    Column,
    /// A function of the model computes it
    Computed,
    /// It is the text of a whole related row
    Text(fn(&QueryResult, &str) -> Result<String, DbErr>),
    /// It is a related row as another serializer shows it
    Nested(NestedRows),
    /// It is not shown: a value that hooks read
    Never,
}

/// A serializer as a field of another one, as the runtime sees it.
#[derive(Clone, Copy)]
pub struct NestedRows {
    pub(crate) description: Describe,
    pub(crate) write: fn(&mut RowWriter<'_>) -> Result<(), DbErr>,
    pub(crate) model: ReadModel,
}

/// A description, or what makes it.
#[derive(Clone, Copy)]
pub(crate) enum Describe {
    /// That of a serializer
    By(fn() -> &'static SerializerDescription),
    /// That of all columns of a table
    Is(&'static SerializerDescription),
}

impl Describe {
    pub(crate) fn description(self) -> &'static SerializerDescription {
        match self {
            Describe::By(describe) => describe(),
            Describe::Is(description) => description,
        }
    }
}

impl fmt::Debug for Describe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Describe")
    }
}

/// Reads a model whose columns have a prefix.
pub(crate) type ReadModel = fn(&QueryResult, &str) -> Result<Box<dyn Any + Send>, DbErr>;

impl fmt::Debug for NestedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NestedRows")
    }
}
