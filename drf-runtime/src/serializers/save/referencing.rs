//! Rows that reference a row by a foreign key of their own, as the other side writes them.

use std::collections::HashSet;

use indexmap::IndexMap;
use sea_orm::Value;
use sea_orm::sea_query::{Alias, Condition, Expr, Query, SelectStatement};

use crate::db::{Connection, Key, MAX_KEYS, Row};
use crate::exceptions::{Result, ValidationError};
use crate::schema::{Entity, Relation};

/// Makes rows reference the row of an entity with a key. Those that did and are not among them are set to NULL, or stay
/// where the foreign key cannot be NULL: Django's `set()` of a reverse foreign key.
pub(super) async fn set_referencing(
    relation: &Relation,
    row: (&'static Entity, &Value),
    keys: &[Value],
    new: bool,
    db: &Connection,
) -> Result<()> {
    let foreign_key = relation.to.column_named(&relation.to_column.to_string());
    let nullable = foreign_key.is_some_and(|column| column.null);
    let mut wanted: IndexMap<Key, &Value> = keys.iter().map(|key| (Key::of(key), key)).collect();
    if nullable && !new {
        let there = referencing_keys(relation, row, db).await?;
        let gone = there.iter().filter(|key| !wanted.contains_key(*key)).map(Key::to_value);
        // A row that another request has moved meanwhile keeps its move.
        let still_here = has_start(relation, row, db);
        set_keys(relation, &Expr::cust("NULL"), &gone.collect::<Vec<_>>(), Some(still_here), db).await?;
        wanted.retain(|key, _| !there.contains(key));
    }
    let added: Vec<_> = wanted.into_values().cloned().collect();
    let storage = db.start_storage(relation, row.0);
    let value = storage.bind(row.1.clone()).map_err(ValidationError::from)?;
    set_keys(relation, &storage.written(value), &added, None, db).await
}

/// Returns the condition of the rows that reference the row of an entity with a key.
fn has_start(relation: &Relation, (entity, key): (&'static Entity, &Value), db: &Connection) -> Expr {
    db.start_storage(relation, entity).has(Expr::col(relation.to_column.clone()), key.clone())
}

/// Sets the foreign keys of the rows with some primary keys, as far as they meet a condition.
async fn set_keys(
    relation: &Relation,
    value: &Expr,
    keys: &[Value],
    condition: Option<Expr>,
    db: &Connection,
) -> Result<()> {
    let key = relation.to.primary_key();
    let storage = db.storage(key);
    for keys in keys.chunks(MAX_KEYS) {
        let mut update = Query::update();
        update.table(relation.to.table_ref.clone()).value(relation.to_column.clone(), value.clone());
        update.and_where(storage.is_among(Expr::col(Alias::new(key.name)), keys.iter().cloned()));
        update.cond_where(Condition::all().add_option(condition.clone()));
        db.run(&update).await?;
    }
    Ok(())
}

async fn referencing_keys(
    relation: &Relation,
    row: (&'static Entity, &Value),
    db: &Connection,
) -> Result<HashSet<Key>> {
    let own_key = relation.to.primary_key();
    let mut statement = SelectStatement::new();
    statement.expr(db.storage(own_key).selected(Expr::col(Alias::new(own_key.name))));
    statement.from(relation.to.table_ref.clone());
    statement.and_where(has_start(relation, row, db));
    let mut keys = HashSet::new();
    for row in db.all(&statement).await? {
        keys.extend(Row::new(&row).key(0, own_key)?);
    }
    Ok(keys)
}
