//! The declared types of the columns of a database, looked up once.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};

use sea_orm::sea_query::{ArrayType, ColumnType, DynIden, TableRef};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use super::storage::Storage;
use crate::db::Row;
use crate::schema::{Column, Entity};

/// A table, by schema if it is not the connection's own, and a column of it.
type Name = (String, String, String);

/// The types of the columns of a database.
#[derive(Debug)]
pub(crate) struct ColumnTypes {
    engine: DbBackend,
    declared: HashMap<Name, String>,
    /// The storage of the columns of the entities that were described before the types were looked up
    columns: Storages,
    /// The storage of other entities
    later: RwLock<Storages>,
    /// The tables that were asked for and that the database does not have
    absent: Mutex<HashSet<&'static str>>,
    /// One of them was not known to be absent, and may have been created since
    stale: AtomicBool,
}

/// The storage of columns, by their address.
type Storages = HashMap<usize, Storage, foldhash::fast::RandomState>;

impl ColumnTypes {
    /// Looks up the types of all columns of a database, in which some tables were absent before.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) async fn load(
        absent: HashSet<&'static str>,
        db: &impl ConnectionTrait,
    ) -> Result<Self, DbErr> {
        let engine = db.get_database_backend();
        let mut types = Self {
            engine,
            declared: declared(engine, db).await?,
            columns: HashMap::default(),
            later: RwLock::default(),
            absent: Mutex::new(absent),
            stale: AtomicBool::new(false),
        };
        for entity in Entity::all() {
            for column in &entity.columns {
                if let Some(storage) = types.declared_storage(entity, column) {
                    types.columns.insert(address(column), storage);
                }
            }
        }
        Ok(types)
    }

    /// Returns a number for a database, which no other has.
    pub(crate) fn new_database() -> u32 {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        COUNT.fetch_add(1, Ordering::Relaxed)
    }

    /// Reports if a table was asked for that may have been created after the types were looked up.
    pub(crate) fn is_stale(&self) -> bool {
        self.stale.load(Ordering::Relaxed)
    }

    /// Returns the tables that were asked for and that the database does not have.
    pub(crate) fn absent(&self) -> HashSet<&'static str> {
        self.absent.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the storage of a column of an entity.
    pub(crate) fn storage(&self, column: &'static Column) -> Storage {
        match self.columns.get(&address(column)) {
            Some(storage) => storage.clone(),
            None => self.later_storage(column),
        }
    }

    fn later_storage(&self, column: &'static Column) -> Storage {
        let later = self.later.read().unwrap_or_else(PoisonError::into_inner).get(&address(column)).cloned();
        if let Some(storage) = later {
            return storage;
        }
        let entity = Entity::having(column);
        let declared = entity.and_then(|entity| self.declared_storage(entity, column));
        if let (None, Some(entity)) = (&declared, entity) {
            let mut absent = self.absent.lock().unwrap_or_else(PoisonError::into_inner);
            self.stale.fetch_or(absent.insert(entity.table), Ordering::Relaxed);
        }
        let storage = declared.unwrap_or_else(|| Storage::of_entity(self.engine, &column.kind, &column.rust));
        let mut later = self.later.write().unwrap_or_else(PoisonError::into_inner);
        later.insert(address(column), storage.clone());
        storage
    }

    fn declared_storage(&self, entity: &Entity, column: &Column) -> Option<Storage> {
        let name = (schema_of(&entity.table_ref), entity.table.to_owned(), column.name.to_owned());
        let declared = self.declared.get(&name)?;
        Some(Storage::new(self.engine, declared, &column.rust))
    }

    /// Reports if the database has a table.
    pub(crate) fn has_table(&self, table: &TableRef) -> bool {
        let (schema, table) = (schema_of(table), table_name(table));
        self.declared.keys().any(|(of, name, _)| *of == schema && *name == table)
    }

    /// Returns the storage of a column of a join table, which holds the values of a column of an entity.
    pub(crate) fn storage_like(
        &self,
        table: &TableRef,
        column: &DynIden,
        like: (&ColumnType, &ArrayType),
    ) -> Storage {
        let name = (schema_of(table), table_name(table), column.to_string());
        match self.declared.get(&name) {
            Some(declared) => Storage::new(self.engine, declared, like.1),
            None => Storage::of_entity(self.engine, like.0, like.1),
        }
    }
}

fn address(column: &Column) -> usize {
    std::ptr::from_ref(column).addr()
}

fn table_name(table: &TableRef) -> String {
    match table {
        TableRef::Table(name, _) => name.1.to_string(),
        _ => String::new(),
    }
}

/// Returns the schema of a table; empty if it is the connection's own.
fn schema_of(table: &TableRef) -> String {
    match table {
        TableRef::Table(name, _) => name.0.as_ref().map_or_else(String::new, |schema| schema.1.to_string()),
        _ => String::new(),
    }
}

/// Returns the declared types of all columns, by schema, table and column.
async fn declared(engine: DbBackend, db: &impl ConnectionTrait) -> Result<HashMap<Name, String>, DbErr> {
    let sql = match engine {
        DbBackend::Sqlite => {
            "SELECT 'main', 1, m.name, p.name, p.type FROM sqlite_schema m, pragma_table_info(m.name) p \
             WHERE m.type IN ('table', 'view')"
        }
        DbBackend::Postgres => {
            "SELECT n.nspname::text, CASE WHEN pg_table_is_visible(c.oid) THEN 1 ELSE 0 END, c.relname::text, \
             a.attname::text, format_type(a.atttypid, a.atttypmod) \
             FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace \
             WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped \
             AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
        }
        DbBackend::MySql => {
            "SELECT table_schema, table_schema = DATABASE(), table_name, column_name, column_type \
             FROM information_schema.columns WHERE table_schema = DATABASE()"
        }
        _ => return Ok(HashMap::new()),
    };
    let mut declared = HashMap::new();
    for row in &db.query_all_raw(Statement::from_string(engine, sql)).await? {
        let row = Row::new(row);
        let text = |index| row.text(index).map(|text| text.unwrap_or("").to_owned());
        let (schema, own) = (text(0)?, row.int(1)? == Some(1));
        let (table, column, kind) = (text(2)?, text(3)?, text(4)?);
        if own {
            declared.insert((String::new(), table.clone(), column.clone()), kind.clone());
        }
        declared.insert((schema, table, column), kind);
    }
    Ok(declared)
}
