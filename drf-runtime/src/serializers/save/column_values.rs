//! The columns that one statement writes, and their values.

use indexmap::IndexMap;
use sea_orm::sea_query::{Alias, DynIden, Expr, IntoIden};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, Iterable, Value,
};

use crate::db::{Connection, Unfit};
use crate::exceptions::{Detail, ValidationError};
use crate::fields::FieldDescription;
use crate::schema::{Column, Entity};
use crate::serializers::SerializerDescription;

/// The columns that are written. The text of the statement depends on nothing but them as long as every value is a
/// parameter.
#[derive(Debug)]
pub(super) struct ColumnValues {
    entity: &'static Entity,
    /// Each with the index of its column, by which they are sorted
    cells: Vec<(usize, ColumnValue)>,
    /// The columns that cannot hold their values
    unfit: Vec<(usize, Unfit)>,
}

#[derive(Debug)]
enum ColumnValue {
    Value(Value),
    /// The database computes it
    Default(Expr),
}

/// The key of a write in the cache of its serializer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WriteShape {
    backend: DbBackend,
    /// The database, as the types of its columns are in the text
    database: u32,
    verb: Verb,
    /// The columns by index, as bits
    columns: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Insert,
    Update,
}

impl ColumnValues {
    /// Returns the values that a model sets, as this database stores them.
    pub(super) fn of<E: EntityTrait>(model: &E::ActiveModel, db: &Connection) -> Self {
        let entity = Entity::of::<E>();
        let mut written = Self { entity, cells: Vec::with_capacity(entity.columns.len()), unfit: Vec::new() };
        for column in E::Column::iter() {
            if let ActiveValue::Set(value) = model.get(column) {
                written.set(column.as_str(), value, db);
            }
        }
        written
    }

    fn set(&mut self, name: &str, value: Value, db: &Connection) {
        let Some(index) = self.entity.columns.iter().position(|column| column.name == name) else { return };
        self.push(index, value, db);
    }

    fn push(&mut self, index: usize, value: Value, db: &Connection) {
        match db.storage(&self.entity.columns[index]).bind(value) {
            Ok(parameter) => self.cells.push((index, ColumnValue::Value(parameter))),
            Err(unfit) => self.unfit.push((index, unfit)),
        }
    }

    /// Returns the errors of the columns that cannot hold their values, under the names of the fields.
    pub(super) fn errors(&self, description: &SerializerDescription) -> Option<Detail> {
        let mut errors = IndexMap::new();
        for (index, unfit) in &self.unfit {
            let column = &self.entity.columns[*index];
            let of_column =
                |field: &&FieldDescription| field.target.is_some_and(|target| std::ptr::eq(target, column));
            let name = description.fields.iter().find(of_column).map_or(column.name, |field| field.name);
            errors.insert(name.to_owned(), ValidationError::from(unfit.clone()).0);
        }
        (!errors.is_empty()).then_some(Detail::Dict(errors))
    }

    /// Adds the defaults of the entity to columns that the model does not set. Django's tables have none: Django applies
    /// them itself.
    pub(super) fn with_defaults(mut self, db: &Connection) -> Self {
        for (index, column) in self.entity.columns.iter().enumerate() {
            let Some(default) = &column.default else { continue };
            let set =
                self.cells.iter().map(|(index, _)| index).chain(self.unfit.iter().map(|(index, _)| index));
            if set.into_iter().any(|known| *known == index) {
                continue;
            }
            match default {
                Expr::Value(value) => self.push(index, value.clone(), db),
                default => self.cells.push((index, ColumnValue::Default(default.clone()))),
            }
        }
        self.cells.sort_by_key(|(index, _)| *index);
        self
    }

    /// Leaves out the primary key where it stays as it is.
    pub(super) fn without_key(mut self, key: &Value, db: &Connection) -> Self {
        let key = db.storage(self.entity.primary_key()).bind(key.clone()).ok();
        let same =
            |cell: &ColumnValue| matches!(cell, ColumnValue::Value(value) if Some(value) == key.as_ref());
        let columns = &self.entity.columns;
        self.cells.retain(|(index, cell)| !(columns[*index].primary_key && same(cell)));
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Returns the expression by which the database computes a column.
    pub(super) fn computed(&self, column: &Column) -> Option<Expr> {
        self.cells.iter().find_map(|(index, cell)| match cell {
            ColumnValue::Default(expr) if self.entity.columns[*index].name == column.name => {
                Some(expr.clone())
            }
            _ => None,
        })
    }

    /// Sets a column, which may be set already.
    pub(super) fn with(mut self, column: &Column, value: Value, db: &Connection) -> Self {
        let columns = &self.entity.columns;
        self.cells.retain(|(index, _)| columns[*index].name != column.name);
        self.set(column.name, value, db);
        self.cells.sort_by_key(|(index, _)| *index);
        self
    }

    /// Reports if another row has values for the same columns.
    pub(super) fn has_columns_of(&self, other: &Self) -> bool {
        self.cells.iter().map(|(index, _)| index).eq(other.cells.iter().map(|(index, _)| index))
    }

    pub(super) fn value_of(&self, column: &Column, db: &Connection) -> Option<Expr> {
        self.exprs(db).find(|(name, _)| *name == column.name).map(|(_, value)| value)
    }

    /// Returns the columns and what is written to them, for a statement that is made anew.
    pub(super) fn exprs(&self, db: &Connection) -> impl Iterator<Item = (&'static str, Expr)> {
        self.cells.iter().map(|(index, cell)| {
            let column = &self.entity.columns[*index];
            match cell {
                ColumnValue::Value(value) => (column.name, db.storage(column).written(value.clone())),
                ColumnValue::Default(default) => (column.name, default.clone()),
            }
        })
    }

    pub(super) fn names(&self) -> impl Iterator<Item = DynIden> {
        self.cells.iter().map(|(index, _)| Alias::new(self.entity.columns[*index].name).into_iden())
    }

    /// Returns the key of the statement in the cache; `None` if the statement is not the same each time.
    pub(super) fn shape(&self, verb: Verb, db: &Connection) -> Option<WriteShape> {
        let bound = self.cells.iter().all(|(_, cell)| matches!(cell, ColumnValue::Value(_)));
        let known = bound && self.entity.columns.len() <= 64;
        known.then(|| WriteShape {
            backend: db.get_database_backend(),
            database: db.database(),
            verb,
            columns: self.cells.iter().fold(0, |columns, (index, _)| columns | 1 << index),
        })
    }

    /// Returns the parameters, in the order of the columns.
    pub(super) fn into_values(self) -> impl Iterator<Item = Value> {
        self.cells.into_iter().filter_map(|(_, cell)| match cell {
            ColumnValue::Value(value) => Some(value),
            ColumnValue::Default(_) => None,
        })
    }
}
