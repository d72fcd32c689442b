//! The foreign keys that the database itself enforces.

use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement};

use super::{Connection, Row};
use crate::schema::Entity;

/// A column of a table, and the table it points at.
type ForeignKey = (String, String);

type OfTable = (&'static str, Arc<[ForeignKey]>);

/// The foreign keys of the tables of a database as it knows them, looked up once for each table.
#[derive(Debug, Default)]
pub(crate) struct ForeignKeys {
    own: RwLock<Vec<OfTable>>,
}

impl ForeignKeys {
    /// Returns whether the database refuses a value of the column that is no key of the other table.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn guard(
        &self,
        entity: &Entity,
        column: &str,
        to: &Entity,
        db: &Connection,
    ) -> Result<bool, DbErr> {
        let keys = match find(&self.own, entity) {
            Some(keys) => keys,
            None => keep(&self.own, entity, read(entity, db).await?),
        };
        Ok(keys.iter().any(|(from, table)| from == column && table == to.table))
    }
}

fn find(known: &RwLock<Vec<OfTable>>, entity: &Entity) -> Option<Arc<[ForeignKey]>> {
    let known = known.read().unwrap_or_else(PoisonError::into_inner);
    known.iter().find(|(table, _)| *table == entity.table).map(|(_, keys)| keys.clone())
}

fn keep(known: &RwLock<Vec<OfTable>>, entity: &Entity, keys: Vec<ForeignKey>) -> Arc<[ForeignKey]> {
    let keys: Arc<[ForeignKey]> = keys.into();
    known.write().unwrap_or_else(PoisonError::into_inner).push((entity.table, keys.clone()));
    keys
}

fn foreign_keys(rows: &[QueryResult]) -> Result<Vec<ForeignKey>, DbErr> {
    let mut keys = Vec::with_capacity(rows.len());
    for row in rows {
        let row = Row::new(row);
        keys.extend(
            row.text(0)?.zip(row.text(1)?).map(|(first, second)| (first.to_owned(), second.to_owned())),
        );
    }
    Ok(keys)
}

async fn read(entity: &Entity, db: &Connection) -> Result<Vec<ForeignKey>, DbErr> {
    let backend = db.get_database_backend();
    // Another schema than the connection's own is not looked into: its columns count as not guarded.
    let sql = match backend {
        DbBackend::Sqlite if !sqlite_enforces(db).await? => return Ok(Vec::new()),
        DbBackend::Sqlite => r#"SELECT "from", "table" FROM pragma_foreign_key_list(?)"#,
        DbBackend::Postgres => {
            "SELECT a.attname::text, t.relname::text FROM pg_constraint c \
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
             JOIN pg_class t ON t.oid = c.confrelid \
             WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.conrelid = to_regclass(quote_ident($1))"
        }
        DbBackend::MySql => {
            "SELECT column_name, referenced_table_name FROM information_schema.key_column_usage \
             WHERE table_schema = DATABASE() AND table_name = ? AND referenced_table_name IS NOT NULL"
        }
        _ => return Ok(Vec::new()),
    };
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, [entity.table.into()])).await?;
    foreign_keys(&rows)
}

/// SQLite looks at foreign keys only where the connection was told to.
pub(super) async fn sqlite_enforces(db: &Connection) -> Result<bool, DbErr> {
    let statement = Statement::from_string(DbBackend::Sqlite, "PRAGMA foreign_keys");
    let row = db.query_one_raw(statement).await?;
    Ok(row.map(|row| Row::new(&row).int(0)).transpose()?.flatten() == Some(1))
}
