//! Rows that depend on others: collected first, then changed and deleted.

use std::collections::{HashMap, HashSet, VecDeque};

use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Alias, DeleteStatement, Expr, LockType, Query, SelectStatement, UpdateStatement};
use sea_orm::{ConnectionTrait, DbBackend, Value};

use super::dependents::{Dependent, OnDelete};
use super::plan::{DeletionPlan, PlannedDependent};
use super::protected;
use crate::db::{Connection, Key, MAX_KEYS, Row, Storage};
use crate::exceptions::{Error, Result};
use crate::schema::{Column, Entity};

/// Rows of an entity, by the value of a column.
#[derive(Debug)]
pub(crate) struct RowsWhere {
    pub(crate) column: &'static Column,
    pub(crate) value: Value,
}

/// Deletes, changes or is stopped by the rows that depend on the rows of a plan's entity. These rows stay.
///
/// # Errors
/// [`Error::Protected`] if one of the rows to delete is protected.
pub(crate) fn delete_dependents<'a>(
    plan: &'a DeletionPlan,
    rows: RowsWhere,
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let mut collector = Collector::new(plan, db);
        collector.queue.push_back(Collected {
            table: 0,
            column: rows.column,
            keys: vec![Key::of(&rows.value)],
            by: None,
        });
        while let Some(rows) = collector.queue.pop_front() {
            collector.collect(&rows).await?;
        }
        collector.execute().await
    })
}

/// Collects all statements before the first one is executed, as Django's `Collector` does.
struct Collector<'a> {
    plan: &'a DeletionPlan,
    db: &'a Connection,
    queue: VecDeque<Collected<'a>>,
    /// The referenced values of rows, by table and column
    seen: HashMap<(usize, &'static str), HashSet<Key>>,
    updates: Vec<UpdateStatement>,
    deletes: Vec<Delete<'a>>,
}

/// Rows that will be deleted.
struct Collected<'a> {
    /// The index of the table
    table: usize,
    /// The column that has one of the keys
    column: &'static Column,
    keys: Vec<Key>,
    /// The foreign key by which they depend on other rows
    by: Option<(usize, &'a PlannedDependent)>,
}

struct Delete<'a> {
    /// The rank of the table; none if nothing references it
    rank: Option<usize>,
    statement: DeleteStatement,
    foreign_key: &'a Dependent,
}

impl<'a> Collector<'a> {
    fn new(plan: &'a DeletionPlan, db: &'a Connection) -> Self {
        let (queue, seen) = (VecDeque::new(), HashMap::new());
        Self { plan, db, queue, seen, updates: Vec::new(), deletes: Vec::new() }
    }

    /// Collects what depends on some rows.
    async fn collect(&mut self, rows: &Collected<'a>) -> Result<()> {
        let table = &self.plan.tables[rows.table];
        let mut referenced: Vec<&'static Column> = Vec::new();
        for dependent in &table.dependents {
            if !referenced.iter().any(|column| column.name == dependent.foreign_key.to.name) {
                referenced.push(dependent.foreign_key.to);
            }
        }
        for to in referenced {
            let keys = self.keys_of(table.entity, rows, to).await?;
            let seen = self.seen.entry((rows.table, to.name)).or_default();
            let (new, again): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| seen.insert(key.clone()));
            self.open_circle(rows, to, &again);
            for keys in new.chunks(MAX_KEYS) {
                for dependent in
                    table.dependents.iter().filter(|dependent| dependent.foreign_key.to.name == to.name)
                {
                    self.depend(rows.table, dependent, keys).await?;
                }
            }
        }
        Ok(())
    }

    /// Returns the values of a column of some rows, and locks them: no row must reference them meanwhile.
    async fn keys_of(
        &self,
        entity: &'static Entity,
        rows: &Collected<'_>,
        column: &'static Column,
    ) -> Result<Vec<Key>> {
        if rows.column.name == column.name {
            return Ok(rows.keys.clone());
        }
        let mut statement = SelectStatement::new();
        statement.expr(self.db.storage(column).selected(Expr::col(Alias::new(column.name))));
        statement.from(entity.table_ref.clone());
        let name = Expr::col(Alias::new(rows.column.name));
        statement.and_where(self.db.storage(rows.column).is_among(name, values(&rows.keys)));
        // A transaction of SQLite locks the whole database.
        if self.db.get_database_backend() != DbBackend::Sqlite {
            statement.lock(LockType::Update);
        }
        let mut keys = Vec::new();
        for row in self.db.all(&statement).await? {
            keys.extend(Row::new(&row).key(0, column)?);
        }
        Ok(keys)
    }

    /// Does what a foreign key says about the rows that reference some keys.
    async fn depend(&mut self, table: usize, dependent: &'a PlannedDependent, keys: &[Key]) -> Result<()> {
        let foreign_key = &dependent.foreign_key;
        match &foreign_key.on_delete {
            OnDelete::DoNothing => {}
            OnDelete::Protect => return self.protect(table, foreign_key, keys).await,
            OnDelete::SetNull => self.set(foreign_key, Expr::cust("NULL"), keys),
            OnDelete::SetDefault(default) => {
                let default = self.default(foreign_key, default);
                self.set(foreign_key, default, keys);
            }
            OnDelete::Cascade => self.cascade(table, dependent, keys),
        }
        Ok(())
    }

    async fn protect(&self, table: usize, foreign_key: &Dependent, keys: &[Key]) -> Result<()> {
        let mut statement = SelectStatement::new();
        statement.expr(Expr::val(1)).from(foreign_key.table.clone());
        statement.and_where(self.references(foreign_key, keys)).limit(1);
        match self.db.one(&statement).await? {
            Some(_) => Err(Error::Protected(self.plan.tables[table].entity.object_name.clone())),
            None => Ok(()),
        }
    }

    fn set(&mut self, foreign_key: &Dependent, value: Expr, keys: &[Key]) {
        let mut update = Query::update();
        update.table(foreign_key.table.clone()).value(foreign_key.column.clone(), value);
        update.and_where(self.references(foreign_key, keys));
        self.updates.push(update);
    }

    fn default(&self, foreign_key: &Dependent, default: &Expr) -> Expr {
        let storage = self.storage(foreign_key);
        match default {
            Expr::Value(value) => {
                storage.bind(value.clone()).map_or_else(|_| default.clone(), |value| storage.written(value))
            }
            _ => default.clone(),
        }
    }

    fn cascade(&mut self, table: usize, dependent: &'a PlannedDependent, keys: &[Key]) {
        let foreign_key = &dependent.foreign_key;
        let mut statement = Query::delete();
        statement.from_table(foreign_key.table.clone()).and_where(self.references(foreign_key, keys));
        let rank = dependent.table.map(|table| self.plan.tables[table].rank);
        self.deletes.push(Delete { rank, statement, foreign_key });
        if let (Some(next), Some(column)) = (dependent.table, foreign_key.foreign_key()) {
            let by = Some((table, dependent));
            self.queue.push_back(Collected { table: next, column, keys: keys.to_vec(), by });
        }
    }

    /// Rows that reference each other cannot be deleted one after the other: the foreign key of those that were collected
    /// before is set to NULL, where it can be.
    fn open_circle(&mut self, rows: &Collected<'a>, to: &'static Column, again: &[Key]) {
        let Some((table, dependent)) = rows.by.filter(|_| !again.is_empty()) else { return };
        if self.plan.tables[table].rank != self.plan.tables[rows.table].rank || !rows.column.null {
            return;
        }
        self.set(&dependent.foreign_key, Expr::cust("NULL"), &rows.keys);
        if let Some(update) = self.updates.last_mut() {
            let own = Expr::col(Alias::new(to.name));
            update.and_where(self.db.storage(to).is_among(own, values(again)));
        }
    }

    /// Returns the condition that a row references one of some keys.
    fn references(&self, foreign_key: &Dependent, keys: &[Key]) -> Expr {
        self.storage(foreign_key).is_among(Expr::col(foreign_key.column.clone()), values(keys))
    }

    fn storage(&self, foreign_key: &Dependent) -> Storage {
        match foreign_key.foreign_key() {
            Some(column) => self.db.storage(column),
            None => self.db.storage_like(&foreign_key.table, &foreign_key.column, foreign_key.to),
        }
    }

    async fn execute(mut self) -> Result<()> {
        for update in &self.updates {
            self.db.run(update).await?;
        }
        // Of tables that reference each other, what was collected last references what was collected before.
        self.deletes.reverse();
        self.deletes.sort_by_key(|delete| delete.rank);
        for Delete { statement, foreign_key, .. } in &self.deletes {
            let deleted = self.db.run(statement).await;
            let entity = foreign_key.entity.unwrap_or(self.plan.tables[0].entity);
            deleted.map_err(|error| protected(entity, error))?;
        }
        Ok(())
    }
}

fn values(keys: &[Key]) -> impl Iterator<Item = Value> {
    keys.iter().map(Key::to_value)
}
