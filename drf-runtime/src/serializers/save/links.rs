//! Many to many: the rows of the join table.

use std::collections::HashSet;

use futures_util::future::BoxFuture;
use indexmap::IndexMap;
use sea_orm::Value;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};

use super::referencing::set_referencing;
use crate::db::{Connection, Key, MAX_KEYS, Row, Storage};
use crate::exceptions::{Result, ValidationError};
use crate::schema::{Column, Entity, Relation, Through};

/// The rows that a row is linked to through a join table.
#[derive(Debug)]
pub(super) struct ManyToManyLink {
    /// The index of the field
    pub(super) field: usize,
    pub(super) relation: Relation,
    pub(super) keys: Vec<Value>,
}

/// Makes a row be linked to exactly these rows; a new one is linked to none yet. Boxed, so that it is compiled here and
/// not for each serializer.
pub(super) fn link<'a>(
    (entity, key): (&'static Entity, &'a Value),
    links: &'a [ManyToManyLink],
    new: bool,
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        for ManyToManyLink { relation, keys, .. } in links {
            let Some(through) = &relation.through else {
                set_referencing(relation, (entity, key), keys, new, db).await?;
                continue;
            };
            let ends = Ends::of(relation, through, (entity, key), db)?;
            let linked = if new { HashSet::new() } else { ends.linked_keys(db).await? };
            let wanted: IndexMap<Key, &Value> = keys.iter().map(|key| (Key::of(key), key)).collect();
            let gone = linked.iter().filter(|key| !wanted.contains_key(*key)).map(Key::to_value);
            ends.unlink_rows(&gone.collect::<Vec<_>>(), db).await?;
            let missing = wanted.into_iter().filter(|(key, _)| !linked.contains(key)).map(|(_, key)| key);
            ends.link_rows(&missing.collect::<Vec<_>>(), db).await?;
        }
        Ok(())
    })
}

/// The columns of a join table, and the row whose links they are.
struct Ends<'a> {
    through: &'a Through,
    /// The storage of the column that points at the row
    from: Storage,
    /// The key of the row, as it is written there
    key: Value,
    /// The storage of the column that points at the other rows
    to: Storage,
    /// The column that it has the values of
    other: &'static Column,
}

impl<'a> Ends<'a> {
    fn of(
        relation: &Relation,
        through: &'a Through,
        (entity, key): (&'static Entity, &Value),
        db: &Connection,
    ) -> Result<Self> {
        let from = db.start_storage(relation, entity);
        let other = relation.to.column_named(&relation.to_column.to_string());
        let other = other.unwrap_or(relation.to.primary_key());
        let to = db.storage_like(&through.table_ref, &through.to_column, other);
        let key = from.bind(key.clone()).map_err(ValidationError::from)?;
        Ok(Self { through, from, key, to, other })
    }

    fn is_of_the_row(&self) -> Expr {
        self.from
            .compared(Expr::col(self.through.from_column.clone()))
            .eq(self.from.operand(self.key.clone()))
    }

    async fn unlink_rows(&self, others: &[Value], db: &Connection) -> Result<()> {
        for others in others.chunks(MAX_KEYS) {
            let mut delete = Query::delete();
            delete.from_table(self.through.table_ref.clone()).and_where(self.is_of_the_row());
            let other = Expr::col(self.through.to_column.clone());
            delete.and_where(self.to.is_among(other, others.iter().cloned()));
            db.run(&delete).await?;
        }
        Ok(())
    }

    async fn link_rows(&self, others: &[&Value], db: &Connection) -> Result<()> {
        for others in others.chunks(MAX_KEYS / 2) {
            let mut insert = Query::insert();
            insert.into_table(self.through.table_ref.clone());
            insert.columns([self.through.from_column.clone(), self.through.to_column.clone()]);
            for other in others {
                let other = self.to.bind(Value::clone(other)).map_err(ValidationError::from)?;
                insert.values_panic([self.from.written(self.key.clone()), self.to.written(other)]);
            }
            // A link that another request inserted in the meantime stays. MySQL's form is `ON DUPLICATE KEY UPDATE`: its
            // `INSERT IGNORE` would ignore missing rows as well.
            let from = self.through.from_column.clone();
            insert.on_conflict(OnConflict::new().do_nothing_on([from]).to_owned());
            db.run(&insert).await?;
        }
        Ok(())
    }

    /// Returns the rows that are linked already, so that their links keep their ids.
    async fn linked_keys(&self, db: &Connection) -> Result<HashSet<Key>> {
        let mut statement = SelectStatement::new();
        let other = Expr::col(self.through.to_column.clone());
        statement.expr(self.to.selected(other)).from(self.through.table_ref.clone());
        statement.and_where(self.is_of_the_row());
        let mut keys = HashSet::new();
        for row in db.all(&statement).await? {
            keys.extend(Row::new(&row).key(0, self.other)?);
        }
        Ok(keys)
    }
}
