//! The schema of a database, as far as it was looked up.

use std::collections::HashSet;
use std::sync::{Arc, PoisonError, RwLock};

use sea_orm::sea_query::{DynIden, TableRef};
use sea_orm::{ConnectionTrait, DbErr};

use super::{ColumnTypes, Storage};
use crate::schema::Column;

/// The types of the columns of a database. They are looked up before the first request is handled.
#[derive(Debug)]
pub(crate) struct Catalog {
    number: u32,
    types: RwLock<Option<Arc<ColumnTypes>>>,
    #[cfg(debug_assertions)]
    sent: SentTypes,
}

impl Catalog {
    pub(crate) fn new() -> Self {
        Self {
            number: ColumnTypes::new_database(),
            types: RwLock::default(),
            #[cfg(debug_assertions)]
            sent: SentTypes::default(),
        }
    }

    /// Returns a number that no other database has.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Reports if the types are there, and no table was created since that was asked for.
    pub(super) fn is_current(&self) -> bool {
        let types = self.types.read().unwrap_or_else(PoisonError::into_inner);
        types.as_ref().is_some_and(|types| !types.is_stale())
    }

    /// Reports if the types are there.
    pub(super) fn is_known(&self) -> bool {
        self.types.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// Looks up the types of all columns.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) async fn load(&self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let absent = match &*self.types.read().unwrap_or_else(PoisonError::into_inner) {
            Some(stale) => stale.absent(),
            None => HashSet::new(),
        };
        let types = Arc::new(ColumnTypes::load(absent, db).await?);
        *self.types.write().unwrap_or_else(PoisonError::into_inner) = Some(types);
        Ok(())
    }

    fn types(&self) -> Option<Arc<ColumnTypes>> {
        self.types.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the storage of a column of an entity; `None` as long as the types are not known.
    pub(super) fn storage(&self, column: &'static Column) -> Option<Storage> {
        let types = self.types.read().unwrap_or_else(PoisonError::into_inner);
        types.as_ref().map(|types| types.storage(column))
    }

    /// Reports if the database has a table.
    pub(super) fn has_table(&self, table: &TableRef) -> bool {
        self.types().is_some_and(|types| types.has_table(table))
    }

    /// Returns the storage of a column of a join table, which has the values of a column of an entity.
    pub(super) fn storage_like(&self, table: &TableRef, column: &DynIden, like: &Column) -> Option<Storage> {
        self.types().map(|types| types.storage_like(table, column, (&like.kind, &like.rust)))
    }

    /// Fails if the text of a statement was sent before with parameters of other types: PostgreSQL's driver prepares a
    /// text once, and cannot send other types later. Only in builds with debug assertions.
    pub(super) fn check(&self, statement: &sea_orm::Statement) -> Result<(), DbErr> {
        #[cfg(debug_assertions)]
        self.sent.check(statement)?;
        let _ = statement;
        Ok(())
    }
}

/// The types of the parameters that the texts of statements were sent with.
#[cfg(debug_assertions)]
#[derive(Debug, Default)]
struct SentTypes(
    std::sync::Mutex<std::collections::HashMap<String, Vec<std::mem::Discriminant<sea_orm::Value>>>>,
);

#[cfg(debug_assertions)]
impl SentTypes {
    fn check(&self, statement: &sea_orm::Statement) -> Result<(), DbErr> {
        let values = statement.values.iter().flat_map(|values| &values.0);
        let types: Vec<_> = values.map(std::mem::discriminant).collect();
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match sent.get(&statement.sql) {
            Some(known) if *known != types => Err(DbErr::Custom(format!(
                "the parameters of a statement are of other types than before: {}: {:?}",
                statement.sql, statement.values
            ))),
            Some(_) => Ok(()),
            None => {
                sent.insert(statement.sql.clone(), types);
                Ok(())
            }
        }
    }
}
