//! The columns that one statement writes, and their values.

use sea_orm::sea_query::{Alias, DynIden, Expr, IntoIden};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, Value,
};

use crate::db::{Connection, for_backend};
use crate::entity::{Column, Entity};
use crate::serializers::SerializerDescription;

/// The columns that are written. The text of the statement depends on nothing but them as long as every value is a
/// parameter.
#[derive(Debug)]
pub(super) struct Written {
    entity: &'static Entity,
    /// Each with the index of its column, by which they are sorted
    cells: Vec<(usize, Cell)>,
}

#[derive(Debug)]
enum Cell {
    Value(Value),
    /// The database computes it
    Default(Expr),
}

/// What a kept statement is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WriteShape {
    backend: DbBackend,
    verb: Verb,
    /// The columns by index, as bits
    columns: u64,
    /// The address of the description of what the statement gives back
    returned: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Insert,
    Update,
}

impl Written {
    /// What a model sets, as it is written to this database.
    pub(super) fn of<E: EntityTrait>(model: &E::ActiveModel, db: &Connection) -> Self {
        let entity = Entity::of::<E>();
        let mut cells = Vec::with_capacity(entity.columns.len());
        for column in E::Column::iter() {
            if let ActiveValue::Set(value) = model.get(column) {
                cells.extend(cell(entity, column.as_str(), value, db));
            }
        }
        Self { entity, cells }
    }

    /// Adds the defaults of columns that the model does not set. Django's tables have none: they are the model's affair.
    pub(super) fn with_defaults(mut self) -> Self {
        for (index, column) in self.entity.columns.iter().enumerate() {
            let default = match &column.default {
                Some(Expr::Value(value)) => Cell::Value(value.clone()),
                Some(default) => Cell::Default(default.clone()),
                None => continue,
            };
            if self.cells.iter().all(|(known, _)| *known != index) {
                self.cells.push((index, default));
            }
        }
        self.cells.sort_by_key(|(index, _)| *index);
        self
    }

    /// Leaves out the primary key where it stays as it is.
    pub(super) fn without_key(mut self, key: &Value) -> Self {
        let same = |cell: &Cell| matches!(cell, Cell::Value(value) if value == key);
        let columns = &self.entity.columns;
        self.cells.retain(|(index, cell)| !(columns[*index].primary_key && same(cell)));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    pub(super) fn value_of(&self, column: &Column) -> Option<Expr> {
        self.exprs().find(|(name, _)| *name == column.name).map(|(_, value)| value)
    }

    /// The columns and what is written to them, for a statement that is made anew.
    pub(super) fn exprs(&self) -> impl Iterator<Item = (&'static str, Expr)> {
        self.cells.iter().map(|(index, cell)| {
            let column = &self.entity.columns[*index];
            match cell {
                Cell::Value(value) => (column.name, column.value(value.clone())),
                Cell::Default(default) => (column.name, default.clone()),
            }
        })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = DynIden> {
        self.cells.iter().map(|(index, _)| Alias::new(self.entity.columns[*index].name).into_iden())
    }

    /// By what the statement is found again; `None` if it is not the same each time.
    pub(super) fn shape(
        &self,
        verb: Verb,
        description: &SerializerDescription,
        db: &Connection,
    ) -> Option<WriteShape> {
        let bound = self.cells.iter().all(|(_, cell)| matches!(cell, Cell::Value(_)));
        let known = bound && self.entity.columns.len() <= 64;
        known.then(|| WriteShape {
            backend: db.get_database_backend(),
            verb,
            columns: self.cells.iter().fold(0, |columns, (index, _)| columns | 1 << index),
            returned: std::ptr::from_ref(description).addr(),
        })
    }

    /// The parameters, in the order of the columns.
    pub(super) fn into_values(self) -> impl Iterator<Item = Value> {
        self.cells.into_iter().filter_map(|(_, cell)| match cell {
            Cell::Value(value) => Some(value),
            Cell::Default(_) => None,
        })
    }
}

fn cell(entity: &Entity, column: &str, value: Value, db: &Connection) -> Option<(usize, Cell)> {
    let index = entity.columns.iter().position(|known| known.name == column)?;
    Some((index, Cell::Value(for_backend(value, db))))
}
