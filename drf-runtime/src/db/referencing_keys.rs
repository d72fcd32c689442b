//! The foreign keys of other tables that reference a table, as the database knows them.

use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::sea_query::{Alias, IntoTableRef, TableRef};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement};

use super::foreign_keys::sqlite_enforces;
use super::{Connection, Row};
use crate::schema::{Entity, table_name};

/// A foreign key of one column that references a table.
#[derive(Debug)]
pub(crate) struct ReferencingKey {
    /// The schema of the table with the foreign key; empty if it is the connection's own
    schema: String,
    table: String,
    pub(crate) column: String,
    /// The referenced column; empty if it is the primary key
    pub(crate) to: String,
    pub(crate) enforcement: Enforcement,
    /// True if the table has two foreign keys, perhaps a primary key of its own, and nothing else
    pub(crate) is_join: bool,
}

/// The reaction of the database to the deletion of a referenced row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Enforcement {
    /// It rejects the statement
    Immediate,
    /// It rejects the commit
    AtCommit,
    /// It deletes or changes the rows
    Action,
    /// Nothing
    None,
}

/// The foreign keys that reference the tables of a database, looked up once for each table.
#[derive(Debug, Default)]
pub(crate) struct ReferencingKeys(RwLock<Vec<Cached>>);

/// The path of an entity, and the foreign keys that reference its table.
type Cached = (&'static str, Arc<[ReferencingKey]>);

impl ReferencingKeys {
    /// Returns the foreign keys that reference the table of an entity.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn to(
        &self,
        entity: &'static Entity,
        db: &Connection,
    ) -> Result<Arc<[ReferencingKey]>, DbErr> {
        if let Some(found) = self.cached(entity) {
            return Ok(found);
        }
        let found: Arc<[ReferencingKey]> = read(entity, db).await?.into();
        let mut cache = self.0.write().unwrap_or_else(PoisonError::into_inner);
        cache.push((entity.path, found.clone()));
        Ok(found)
    }

    fn cached(&self, entity: &'static Entity) -> Option<Arc<[ReferencingKey]>> {
        let cache = self.0.read().unwrap_or_else(PoisonError::into_inner);
        cache.iter().find(|(path, _)| *path == entity.path).map(|(_, found)| found.clone())
    }
}

impl ReferencingKey {
    /// Returns the table with the foreign key.
    pub(crate) fn table_ref(&self) -> TableRef {
        let table = Alias::new(&self.table);
        match self.schema.is_empty() {
            true => table.into_table_ref(),
            false => (Alias::new(&self.schema), table).into_table_ref(),
        }
    }

    /// Reports if it is the foreign key of a table that an entity describes.
    pub(crate) fn is_of(&self, table: &TableRef, column: &str) -> bool {
        let schema = match table {
            TableRef::Table(name, _) => {
                name.0.as_ref().map_or_else(String::new, |schema| schema.1.to_string())
            }
            _ => String::new(),
        };
        // SQLite does not tell the case of names apart, MySQL that of columns.
        self.table.eq_ignore_ascii_case(&table_name(table))
            && self.column.eq_ignore_ascii_case(column)
            && (schema.is_empty() || self.schema.is_empty() || schema == self.schema)
    }

    fn read(row: &QueryResult, enforced: bool) -> Result<Self, DbErr> {
        let row = Row::new(row);
        let text = |index| row.text(index).map(|text| text.unwrap_or("").to_owned());
        let rule = text(4)?;
        Ok(Self {
            schema: text(0)?,
            table: text(1)?,
            column: text(2)?,
            to: text(3)?,
            enforcement: match rule.as_str() {
                _ if !enforced => Enforcement::None,
                "NO ACTION" if row.int(5)? == Some(1) => Enforcement::AtCommit,
                "NO ACTION" | "RESTRICT" => Enforcement::Immediate,
                _ => Enforcement::Action,
            },
            is_join: row.int(6)? == Some(1),
        })
    }
}

async fn read(entity: &'static Entity, db: &Connection) -> Result<Vec<ReferencingKey>, DbErr> {
    let backend = db.get_database_backend();
    let sql = match backend {
        DbBackend::Sqlite => SQLITE,
        DbBackend::Postgres => POSTGRES,
        DbBackend::MySql => MYSQL,
        _ => return Ok(Vec::new()),
    };
    let enforced = backend != DbBackend::Sqlite || sqlite_enforces(db).await?;
    let name = match backend {
        DbBackend::Postgres => quoted(&entity.table_ref),
        _ => entity.table.to_owned(),
    };
    let rows = db.query_all_raw(Statement::from_sql_and_values(backend, sql, [name.into()])).await?;
    rows.iter().map(|row| ReferencingKey::read(row, enforced)).collect()
}

/// Returns the name of a table for PostgreSQL's `to_regclass`.
fn quoted(table: &TableRef) -> String {
    let quote = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    match table {
        TableRef::Table(name, _) => match &name.0 {
            Some(schema) => format!("{}.{}", quote(&schema.1.to_string()), quote(&name.1.to_string())),
            None => quote(&name.1.to_string()),
        },
        _ => String::new(),
    }
}

// The columns of each statement: schema, table, foreign key, referenced column, rule, whether the key may be deferred,
// whether the table is a join table: two foreign keys, to the same table or not, and no other column but a primary key of
// its own.

/// SQLite does not tell which keys are deferrable.
const SQLITE: &str = r#"SELECT '', t.name, k."from", coalesce(k."to", ''), k.on_delete, 1,
    (SELECT count(*) = 2 AND count(DISTINCT f.id) = 2 FROM pragma_foreign_key_list(t.name) f)
    AND ((SELECT count(*) FROM pragma_table_info(t.name)) = 2
        OR (SELECT count(*) FROM pragma_table_info(t.name)) = 3 AND NOT EXISTS
            (SELECT 1 FROM pragma_table_info(t.name) c
             WHERE (c.pk > 0) = (c.name IN (SELECT f."from" FROM pragma_foreign_key_list(t.name) f))))
    FROM sqlite_master t, pragma_foreign_key_list(t.name) k
    WHERE t.type = 'table' AND k."table" = ? COLLATE NOCASE AND NOT EXISTS
        (SELECT 1 FROM pragma_foreign_key_list(t.name) o WHERE o.id = k.id AND o.seq > 0)"#;

const POSTGRES: &str = "SELECT CASE WHEN pg_table_is_visible(t.oid) THEN '' ELSE n.nspname::text END, t.relname::text, \
    a.attname::text, o.attname::text, \
    CASE c.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'r' THEN 'RESTRICT' ELSE 'ACTION' END, \
    CASE WHEN c.condeferrable THEN 1 ELSE 0 END, \
    CASE WHEN (SELECT count(*) = 2 AND bool_and(cardinality(f.conkey) = 1) FROM pg_constraint f \
            WHERE f.conrelid = t.oid AND f.contype = 'f') \
        AND (SELECT count(*) = 2 OR count(*) = 3 AND bool_and( \
                EXISTS (SELECT 1 FROM pg_constraint p WHERE p.conrelid = t.oid AND p.contype = 'p' AND i.attnum = ANY (p.conkey)) \
                <> EXISTS (SELECT 1 FROM pg_constraint f WHERE f.conrelid = t.oid AND f.contype = 'f' AND i.attnum = ANY (f.conkey))) \
            FROM pg_attribute i WHERE i.attrelid = t.oid AND i.attnum > 0 AND NOT i.attisdropped) \
    THEN 1 ELSE 0 END \
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
    JOIN pg_attribute o ON o.attrelid = c.confrelid AND o.attnum = c.confkey[1] \
    WHERE c.contype = 'f' AND c.conparentid = 0 AND cardinality(c.conkey) = 1 AND c.confrelid = to_regclass($1)";

const MYSQL: &str = "SELECT '', k.table_name, k.column_name, k.referenced_column_name, r.delete_rule, 0, \
    (SELECT count(*) = 2 AND count(DISTINCT f.constraint_name) = 2 FROM information_schema.key_column_usage f \
        WHERE f.table_schema = k.table_schema AND f.table_name = k.table_name AND f.referenced_table_name IS NOT NULL) \
    AND (SELECT count(*) = 2 OR count(*) = 3 AND sum((i.column_key = 'PRI') = EXISTS \
            (SELECT 1 FROM information_schema.key_column_usage f WHERE f.table_schema = i.table_schema \
                AND f.table_name = i.table_name AND f.column_name = i.column_name AND f.referenced_table_name IS NOT NULL)) = 0 \
        FROM information_schema.columns i WHERE i.table_schema = k.table_schema AND i.table_name = k.table_name) \
    FROM information_schema.key_column_usage k JOIN information_schema.referential_constraints r \
        ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name AND r.table_name = k.table_name \
    WHERE k.table_schema = DATABASE() AND k.referenced_table_schema = DATABASE() AND k.referenced_table_name = ? \
    AND NOT EXISTS (SELECT 1 FROM information_schema.key_column_usage o WHERE o.table_schema = k.table_schema \
        AND o.table_name = k.table_name AND o.constraint_name = k.constraint_name AND o.ordinal_position > 1)";
