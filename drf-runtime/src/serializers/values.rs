//! Valid data, field by field: as what is stored, or as JSON.

use sea_orm::Value;

use super::{Nested, SerializerDescription};
use crate::fields::{DbValue, Field, FieldDescription};

/// Visits the fields of valid data. Generated code hands it each field.
#[derive(Debug)]
pub struct Values<'a> {
    description: &'static SerializerDescription,
    purpose: Purpose<'a>,
}

#[derive(Debug)]
enum Purpose<'a> {
    /// The values of columns
    Assignments(Vec<(usize, DbValue)>),
    /// The names of what is set
    Names(Vec<&'static str>),
    /// JSON, and whether nothing was written yet
    Json(&'a mut Vec<u8>, bool),
}

impl<'a> Values<'a> {
    pub(crate) fn assignments(description: &'static SerializerDescription) -> Self {
        Self { description, purpose: Purpose::Assignments(Vec::new()) }
    }

    pub(crate) fn names(description: &'static SerializerDescription) -> Self {
        Self { description, purpose: Purpose::Names(Vec::new()) }
    }

    pub(crate) fn json(description: &'static SerializerDescription, out: &'a mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { description, purpose: Purpose::Json(out, true) }
    }

    /// The value of the field with this index, if it is set.
    pub fn field<T: Field>(&mut self, index: usize, value: &Option<T>) {
        let field = &self.description.fields[index];
        match (&mut self.purpose, value) {
            (Purpose::Assignments(assignments), Some(value)) => {
                assignments.push((index, value.to_db_value()));
            }
            (Purpose::Names(names), Some(_)) => names.push(field.name),
            (Purpose::Json(..), Some(value)) => self.show(field, |out| value.to_representation(field, out)),
            (Purpose::Json(..), None) if field.allow_null => self.show(field, null),
            (_, None) => {}
        }
    }

    /// The objects of the field with this index, if they are set.
    pub fn nested<N: Nested>(&mut self, index: usize, value: &Option<N::Validated>) {
        let field = &self.description.fields[index];
        match (&mut self.purpose, value) {
            (Purpose::Names(names), Some(_)) => names.push(field.name),
            (Purpose::Json(..), Some(value)) => self.show(field, |out| N::write(value, out)),
            (Purpose::Json(..), None) if field.allow_null => self.show(field, null),
            (Purpose::Assignments(_), _) | (_, None) => {}
        }
    }

    /// Returns the default of a field that input cannot set.
    pub fn default<T: Field>(&mut self, index: usize, default: impl FnOnce() -> T) {
        let field = &self.description.fields[index];
        if matches!(self.purpose, Purpose::Json(..)) {
            self.show(field, |out| default().to_representation(field, out));
        }
    }

    fn show(&mut self, field: &FieldDescription, write: impl FnOnce(&mut Vec<u8>)) {
        let Purpose::Json(out, first) = &mut self.purpose else { return };
        if field.write_only || field.hidden {
            return;
        }
        if !std::mem::take(first) {
            out.push(b',');
        }
        out.extend_from_slice(&field.key);
        write(out);
    }

    /// Nothing follows.
    pub(crate) fn end(self) -> Vec<&'static str> {
        match self.purpose {
            Purpose::Json(out, _) => {
                out.push(b'}');
                Vec::new()
            }
            Purpose::Names(names) => names,
            Purpose::Assignments(_) => Vec::new(),
        }
    }

    /// Returns the value for the column of a field.
    pub(crate) fn stored(&self, index: usize) -> Option<&Value> {
        let Purpose::Assignments(assignments) = &self.purpose else { return None };
        assignments.iter().find_map(|(field, stored)| match stored {
            DbValue::Value(value) if *field == index => Some(value),
            _ => None,
        })
    }

    /// Everything that is stored.
    pub(in crate::serializers) fn into_assignments(self) -> Vec<(usize, DbValue)> {
        match self.purpose {
            Purpose::Assignments(assignments) => assignments,
            _ => Vec::new(),
        }
    }
}

fn null(out: &mut Vec<u8>) {
    out.extend_from_slice(b"null");
}
