//! Many to many: the rows of the table between.

use std::collections::HashSet;

use futures_util::future::BoxFuture;
use indexmap::IndexMap;
use sea_orm::Value;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query, SelectStatement};

use crate::db::{Connection, Key, MAX_KEYS, Row};
use crate::entity::{Relation, Through};
use crate::exceptions::Result;

/// The rows that a row is linked to through a table between.
#[derive(Debug)]
pub(super) struct Link {
    /// The index of the field
    pub(super) field: usize,
    pub(super) relation: Relation,
    pub(super) keys: Vec<Value>,
}

/// Makes a row be linked to exactly these rows; a new one is linked to none yet. Boxed, so that it is compiled here and
/// not for each serializer.
pub(super) fn link<'a>(
    key: &'a Value,
    links: &'a [Link],
    new: bool,
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        for Link { relation, keys, .. } in links {
            let Some(through) = &relation.through else { continue };
            let linked = if new { HashSet::new() } else { linked_keys(through, key, db).await? };
            let wanted: IndexMap<Key, &Value> = keys.iter().map(|key| (Key::of(key), key)).collect();
            let gone = linked.iter().filter(|key| !wanted.contains_key(*key)).map(Key::to_value);
            unlink_rows(through, key, &gone.collect::<Vec<_>>(), db).await?;
            let missing = wanted.into_iter().filter(|(key, _)| !linked.contains(key)).map(|(_, key)| key);
            link_rows(through, key, &missing.collect::<Vec<_>>(), db).await?;
        }
        Ok(())
    })
}

async fn unlink_rows(through: &Through, key: &Value, others: &[Value], db: &Connection) -> Result<()> {
    for others in others.chunks(MAX_KEYS) {
        let mut delete = Query::delete();
        delete.from_table(through.table_ref.clone());
        delete.and_where(Expr::col(through.from_column.clone()).eq(key.clone()));
        delete.and_where(Expr::col(through.to_column.clone()).is_in(others.iter().cloned()));
        db.run(&delete).await?;
    }
    Ok(())
}

async fn link_rows(through: &Through, key: &Value, others: &[&Value], db: &Connection) -> Result<()> {
    for others in others.chunks(MAX_KEYS / 2) {
        let mut insert = Query::insert();
        insert.into_table(through.table_ref.clone());
        insert.columns([through.from_column.clone(), through.to_column.clone()]);
        for other in others {
            insert.values_panic([Expr::val(key.clone()), Expr::val((*other).clone())]);
        }
        // A link that another request inserted in the meantime stays. MySQL's form is `ON DUPLICATE KEY UPDATE`: its
        // `INSERT IGNORE` would ignore missing rows as well.
        insert.on_conflict(OnConflict::new().do_nothing_on([through.from_column.clone()]).to_owned());
        db.run(&insert).await?;
    }
    Ok(())
}

/// The rows that are linked already, so that their links keep their ids.
async fn linked_keys(through: &Through, key: &Value, db: &Connection) -> Result<HashSet<Key>> {
    let mut statement = SelectStatement::new();
    statement.expr(Expr::col(through.to_column.clone())).from(through.table_ref.clone());
    statement.and_where(Expr::col(through.from_column.clone()).eq(key.clone()));
    let mut keys = HashSet::new();
    for row in db.all(&statement).await? {
        keys.extend(Row::new(&row).key(0)?);
    }
    Ok(keys)
}
