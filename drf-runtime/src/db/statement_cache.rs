//! The texts of statements of a fixed shape: rendered once, then only their values change.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use sea_orm::sea_query::SelectStatement;
use sea_orm::{DbBackend, Statement, Value};

use crate::schema::Entity;

/// The most statements of one cache. There are a handful, so they are looked through; only the sets of columns that
/// clients choose to write can be many.
const MAX_STATEMENTS: usize = 32;

/// A cache of the texts of statements, by shape.
#[derive(Debug)]
pub(crate) struct StatementCache<S = Shape>(RwLock<Vec<(S, String)>>);

/// The key of a look-up in its cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) backend: DbBackend,
    /// The database, as the types of its columns are in the text
    pub(crate) database: u32,
    /// The column that the value is compared with
    pub(crate) column: &'static str,
    /// True if the columns of the model are selected too
    pub(crate) with_model: bool,
}

/// The caches of the look-ups of models, by the address of the entity.
type OfModels = HashMap<usize, &'static StatementCache, foldhash::fast::RandomState>;

static OF_MODELS: LazyLock<RwLock<OfModels>> = LazyLock::new(RwLock::default);

impl StatementCache {
    /// Returns the cache of the statements that look up a model of an entity by one of its columns.
    pub(crate) fn of_model(entity: &'static Entity) -> &'static Self {
        let address = std::ptr::from_ref(entity).addr();
        if let Some(cache) = OF_MODELS.read().unwrap_or_else(PoisonError::into_inner).get(&address) {
            return cache;
        }
        let mut caches = OF_MODELS.write().unwrap_or_else(PoisonError::into_inner);
        caches.entry(address).or_insert_with(|| Box::leak(Box::default()))
    }

    /// Returns the statement of a shape for a parameter. It must have this one only.
    pub(crate) fn statement(
        &self,
        shape: Shape,
        value: Value,
        make: impl FnOnce() -> SelectStatement,
    ) -> Statement {
        let sql = self.text(shape, || shape.backend.build(&make()).sql);
        Statement::from_sql_and_values(shape.backend, sql, [value])
    }
}

impl<S: PartialEq> StatementCache<S> {
    /// Returns the text of a shape, made where it is asked for the first time.
    pub(crate) fn text(&self, shape: S, make: impl FnOnce() -> String) -> String {
        self.find(&shape).unwrap_or_else(|| self.insert(shape, make()))
    }

    fn find(&self, shape: &S) -> Option<String> {
        let cached = self.0.read().unwrap_or_else(PoisonError::into_inner);
        cached.iter().find(|(known, _)| known == shape).map(|(_, sql)| sql.clone())
    }

    fn insert(&self, shape: S, sql: String) -> String {
        let mut cached = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if cached.len() < MAX_STATEMENTS {
            cached.push((shape, sql.clone()));
        }
        sql
    }
}

impl<S> Default for StatementCache<S> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}
