//! A serializer as a field of another one.

use std::any::Any;
use std::fmt;

use sea_orm::{DbErr, QueryResult};

use super::{RowWriter, SerializerDescription};
use crate::fields::{FieldDescription, NestedSerializer, Output};

/// A serializer as a field of another one, without its type.
#[derive(Clone, Copy)]
pub struct NestedRows {
    pub(crate) description: Describe,
    pub(crate) write: fn(&mut RowWriter<'_>) -> Result<(), DbErr>,
    pub(crate) model: ReadModel,
}

/// A description, or the function that makes it.
#[derive(Clone, Copy)]
pub(crate) enum Describe {
    /// The description of a serializer
    By(fn() -> &'static SerializerDescription),
    /// The description of all columns of a table
    Is(&'static SerializerDescription),
}

/// Reads a model whose columns have a prefix.
pub(crate) type ReadModel = fn(&QueryResult, &str) -> Result<Box<dyn Any + Send>, DbErr>;

impl Describe {
    pub(crate) fn description(self) -> &'static SerializerDescription {
        match self {
            Describe::By(describe) => describe(),
            Describe::Is(description) => description,
        }
    }
}

impl From<Describe> for NestedSerializer {
    fn from(describe: Describe) -> Self {
        Self::new(describe)
    }
}

impl From<NestedRows> for Output {
    fn from(rows: NestedRows) -> Self {
        Output::Nested(NestedSerializer::new(rows))
    }
}

impl NestedRows {
    pub(super) fn of(serializer: &NestedSerializer) -> Self {
        *serializer.downcast_ref().expect("bug in `drf`: the output of a field is no serializer")
    }
}

impl FieldDescription {
    /// Returns the serializer of nested objects, and whether there are several.
    pub(crate) fn nested(&self) -> Option<(&'static SerializerDescription, bool)> {
        let (serializer, many) = self.nested.as_ref()?;
        let describe: &Describe =
            serializer.downcast_ref().expect("bug in `drf`: a nested field has no serializer");
        Some((describe.description(), *many))
    }
}

impl fmt::Debug for Describe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Describe")
    }
}

impl fmt::Debug for NestedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NestedRows")
    }
}
