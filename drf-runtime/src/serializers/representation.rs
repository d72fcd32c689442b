//! Rows to JSON.

use std::any::Any;

use sea_orm::{DbErr, EntityTrait, FromQueryResult, QueryResult};

use super::ModelSerializer;
use super::fetch::{FetchedRows, Lists};
use super::plan::{Batch, Layout, NestedSlot, Plan, Slot};
use crate::fields::{Field, FieldDescription, Output, SerializedRow};
use crate::request::Request;
use crate::value::json::write_string;

/// Writes the rows as a JSON array.
pub(crate) fn write_list<S: ModelSerializer>(
    request: Option<&Request>,
    rows: &FetchedRows,
) -> Result<Vec<u8>, DbErr> {
    let mut out = Vec::with_capacity(256 * rows.rows.len() + 2);
    out.push(b'[');
    for (index, row) in rows.rows.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write_row::<S>(request, rows, row, &mut out)?;
    }
    out.push(b']');
    Ok(out)
}

/// Writes the row that a write gave back; `None` if a column of the serializer is missing.
pub(crate) fn write_returned<S: ModelSerializer>(
    request: Option<&Request>,
    row: Option<QueryResult>,
) -> Result<Option<Vec<u8>>, DbErr> {
    match row.filter(|_| S::description().plan().is_own()) {
        Some(row) => write_one::<S>(request, &FetchedRows::own(vec![row])),
        None => Ok(None),
    }
}

/// Writes the first row as a JSON object.
pub(crate) fn write_one<S: ModelSerializer>(
    request: Option<&Request>,
    rows: &FetchedRows,
) -> Result<Option<Vec<u8>>, DbErr> {
    let Some(row) = rows.rows.first() else { return Ok(None) };
    let mut out = Vec::with_capacity(256);
    write_row::<S>(request, rows, row, &mut out)?;
    Ok(Some(out))
}

fn write_row<S: ModelSerializer>(
    request: Option<&Request>,
    rows: &FetchedRows,
    row: &QueryResult,
    out: &mut Vec<u8>,
) -> Result<(), DbErr> {
    let layout = S::description().layout();
    let model = match layout.model {
        Some(_) => Some(<S::Entity as EntityTrait>::Model::from_query_result(row, "")?),
        None => None,
    };
    let model = model.as_ref().map(|model| model as &dyn Any);
    let row = SerializedRow::new(row, request);
    let row = Related { row, plan: S::description().plan(), related: &rows.related };
    out.push(b'{');
    S::to_representation(&mut RowWriter { out, row, layout, model, index: 0, first: true })?;
    out.push(b'}');
    Ok(())
}

/// Writes the items of related rows, as lists by the key of the row that they belong to.
pub(super) fn write_lists(
    request: Option<&Request>,
    batch: &'static Batch,
    rows: &FetchedRows,
) -> Result<Lists, DbErr> {
    let mut lists = Lists::with_capacity(rows.rows.len());
    for row in &rows.rows {
        let row = SerializedRow::new(row, request);
        let Some(key) = row.key(batch.plan.cells.len(), batch.column)? else { continue };
        let texts = lists.entry(key).or_insert_with(|| vec![Vec::new(); batch.lists.len()]);
        for (text, (field, slot)) in texts.iter_mut().zip(&batch.lists) {
            if !text.is_empty() {
                text.push(b',');
            }
            let row = Related { row, plan: &batch.plan, related: &rows.related };
            row.element(field, slot, text)?;
        }
    }
    Ok(lists)
}

/// A row with the rows related to it.
#[derive(Clone, Copy)]
struct Related<'a> {
    row: SerializedRow<'a>,
    plan: &'static Plan,
    related: &'a [Lists],
}

impl Related<'_> {
    /// Writes a related row as an object.
    fn object(&self, nested: &'static NestedSlot, out: &mut Vec<u8>) -> Result<(), DbErr> {
        if let Some(present) = nested.present
            && self.row.is_null(present)?
        {
            out.extend_from_slice(b"null");
            return Ok(());
        }
        let model = nested.layout.model.as_ref();
        let model = model.map(|prefix| (nested.rows.model)(self.row.query_result(), prefix)).transpose()?;
        let model = model.as_deref().map(|model| model as &dyn Any);
        out.push(b'{');
        let layout = &nested.layout;
        (nested.rows.write)(&mut RowWriter { out, row: *self, layout, model, index: 0, first: true })?;
        out.push(b'}');
        Ok(())
    }

    /// Writes one of several related rows.
    fn element(
        &self,
        field: &'static FieldDescription,
        slot: &'static Slot,
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        match (slot, field.element) {
            (Slot::Nested(nested), _) => self.object(nested, out),
            (Slot::Text(present, prefix), _) => self.text(field, (*present, prefix), out),
            (Slot::Cell(index), Some(write)) => write(&self.row, *index, field, out),
            _ => Err(DbErr::Type(format!("`{}` is no list", field.name))),
        }
    }

    /// Writes the text of a whole row.
    fn text(
        &self,
        field: &FieldDescription,
        (present, prefix): (usize, &str),
        out: &mut Vec<u8>,
    ) -> Result<(), DbErr> {
        match (&field.output, self.row.is_null(present)?) {
            (Output::Text(text), false) => {
                write_string(&text(self.row.query_result(), prefix)?, out);
            }
            _ => out.extend_from_slice(b"null"),
        }
        Ok(())
    }
}

/// A row that is being written as JSON, field by field.
pub struct RowWriter<'a> {
    out: &'a mut Vec<u8>,
    row: Related<'a>,
    layout: &'static Layout,
    model: Option<&'a dyn Any>,
    /// The field that is being written
    index: usize,
    first: bool,
}

impl RowWriter<'_> {
    /// Writes the field with this index, of type `T`.
    ///
    /// # Errors
    /// If the cell holds something else.
    pub fn field<T: Field>(&mut self, index: usize) -> Result<(), DbErr> {
        let field = self.key(index);
        if T::IS_RELATION && T::IS_LIST { self.related(field) } else { self.cell::<T>(field) }
    }

    /// Writes the field with this index, computed from the model.
    ///
    /// # Errors
    /// If the model was not fetched.
    pub fn method<M: 'static, T: Field>(
        &mut self,
        index: usize,
        method: impl FnOnce(&M) -> T,
    ) -> Result<(), DbErr> {
        let field = self.key(index);
        let model = self.model.and_then(|model| model.downcast_ref::<M>());
        let model =
            model.ok_or_else(|| DbErr::Type(format!("`{}` is computed from another model", field.name)))?;
        method(model).to_representation(field, self.out);
        Ok(())
    }

    /// Writes the related rows of the field with this index, by another serializer.
    ///
    /// # Errors
    /// If a cell holds something else.
    pub fn nested(&mut self, index: usize) -> Result<(), DbErr> {
        let field = self.key(index);
        match &self.layout.slots[index] {
            Slot::Nested(nested) => self.row.object(nested, self.out),
            _ => self.related(field),
        }
    }

    /// Writes every field by what its column holds, where no type says it.
    pub(crate) fn every_field(&mut self) -> Result<(), DbErr> {
        for index in 0..self.layout.fields.len() {
            if matches!(self.layout.slots[index], Slot::Hidden) {
                continue;
            }
            let field = self.key(index);
            match &self.layout.slots[index] {
                Slot::Related(..) => self.related(field)?,
                slot => self.row.element(field, slot, self.out)?,
            }
        }
        Ok(())
    }

    /// Writes the cell of a field.
    ///
    /// # Errors
    /// If the cell holds something else.
    pub fn cell<T: Field>(&mut self, field: &'static FieldDescription) -> Result<(), DbErr> {
        match &self.layout.slots[self.index] {
            Slot::Cell(cell) => T::write_cell(&self.row.row, *cell, field, self.out),
            Slot::Text(present, prefix) => self.row.text(field, (*present, prefix), self.out),
            Slot::Related(..) => self.related(field),
            Slot::Nested(nested) => self.row.object(nested, self.out),
            _ => Err(DbErr::Type(format!("`{}` has no cell", field.name))),
        }
    }

    /// Writes the list of related rows of a field.
    ///
    /// # Errors
    /// If the key of the row holds something else.
    pub fn related(&mut self, field: &'static FieldDescription) -> Result<(), DbErr> {
        let Slot::Related(batch, list) = &self.layout.slots[self.index] else {
            return Err(DbErr::Type(format!("`{}` is not a relation to many", field.name)));
        };
        let Batch { key, column, .. } = &self.row.plan.batches[*batch];
        let key = self.row.row.key(*key, column)?;
        let lists = key.and_then(|key| self.row.related[*batch].get(&key));
        self.out.push(b'[');
        if let Some(text) = lists.and_then(|lists| lists.get(*list)) {
            self.out.extend_from_slice(text);
        }
        self.out.push(b']');
        Ok(())
    }

    fn key(&mut self, index: usize) -> &'static FieldDescription {
        self.index = index;
        let field = &self.layout.fields[index];
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        self.out.extend_from_slice(&field.key);
        field
    }
}

impl std::fmt::Debug for RowWriter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RowWriter").finish_non_exhaustive()
    }
}
