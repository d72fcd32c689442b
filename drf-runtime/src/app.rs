//! The shared state of all requests: settings, databases, caches.

use std::any::Any;
use std::sync::Arc;

use http::Extensions;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait};

use crate::accounts::TokenCache;
use crate::cache::ThrottleStore;
use crate::db::{Connection, ForeignKeys};
use crate::deletion::{Deletions, EntityRegistry};
use crate::schema::Entity;
use crate::settings::Settings;

/// Settings, databases and shared state; cheap to clone. Routers are mounted on it.
#[derive(Debug, Clone)]
pub struct App {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    settings: Settings,
    reads: Database,
    writes: Database,
    throttles: ThrottleStore,
    token_cache: TokenCache,
    foreign_keys: ForeignKeys,
    deletions: Deletions,
    state: Extensions,
}

/// A pool, and the connection that requests use it by.
#[derive(Debug)]
struct Database {
    pool: DatabaseConnection,
    connection: Connection,
}

impl From<DatabaseConnection> for Database {
    fn from(pool: DatabaseConnection) -> Self {
        Self { connection: Connection::pool(&pool), pool }
    }
}

impl Database {
    /// Returns the same database, of which one schema is known.
    fn again(&self) -> Self {
        Self { connection: self.connection.clone(), pool: self.pool.clone() }
    }
}

impl App {
    /// Creates an app on one database.
    pub fn new(settings: Settings, db: DatabaseConnection) -> Self {
        let database = Database::from(db);
        Self::on(settings, database.again(), database)
    }

    /// Creates an app that reads from one database and writes to another: lists and single rows come from `reads`; what is
    /// validated, written and read after writing goes to `writes`.
    pub fn with_replica(settings: Settings, reads: DatabaseConnection, writes: DatabaseConnection) -> Self {
        Self::on(settings, reads.into(), writes.into())
    }

    fn on(settings: Settings, reads: Database, writes: Database) -> Self {
        let (throttles, token_cache) =
            (ThrottleStore::default(), TokenCache::new(settings.token_cache_seconds));
        let (foreign_keys, deletions) = (ForeignKeys::default(), Deletions::default());
        let state = Extensions::new();
        let shared =
            Shared { settings, reads, writes, throttles, token_cache, foreign_keys, deletions, state };
        Self { shared: Arc::new(shared) }
    }

    /// Sets the same with another place for the counts of throttles: one that several processes share, or one with a clock.
    ///
    /// # Panics
    /// If the app is shared already: call it first.
    pub fn with_throttle_store(mut self, throttles: ThrottleStore) -> Self {
        let shared = Arc::get_mut(&mut self.shared).expect("an app that is not shared yet");
        shared.throttles = throttles;
        self
    }

    /// Adds an entity that no viewset is about: when a row that its rows reference is deleted, they are deleted or changed, or
    /// protect it, as its `on_delete` says. Of tables that the app does not know, the database decides.
    ///
    /// ```
    /// # use bookshop::review;
    /// # use drf::prelude::*;
    /// # async fn app() -> Result<App, drf::sea_orm::DbErr> {
    /// let app = App::new(Settings::default(), drf::connect("sqlite::memory:").await?).with_entity::<review::Entity>();
    /// # Ok(app)
    /// # }
    /// ```
    pub fn with_entity<E: EntityTrait>(self) -> Self {
        let mut entities = EntityRegistry::default();
        entities.add(Entity::of::<E>());
        self.deletions().add(&entities);
        self
    }

    /// Adds a value that requests share, by its type; one of the same type is replaced.
    ///
    /// # Panics
    /// If the app is shared already: call it first.
    pub(crate) fn with_state<T: Any + Clone + Send + Sync>(mut self, value: T) -> Self {
        let shared = Arc::get_mut(&mut self.shared).expect("an app that is not shared yet");
        shared.state.insert(value);
        self
    }

    /// Returns the value of a type that [`with_state`](Self::with_state) has added.
    pub(crate) fn state<T: Any + Clone + Send + Sync>(&self) -> Option<&T> {
        self.shared.state.get()
    }

    /// Returns the settings.
    pub fn settings(&self) -> &Settings {
        &self.shared.settings
    }

    /// Returns the pool for reads.
    pub fn read(&self) -> &DatabaseConnection {
        &self.shared.reads.pool
    }

    /// Returns the pool for writes.
    pub fn write(&self) -> &DatabaseConnection {
        &self.shared.writes.pool
    }

    pub(crate) fn reads(&self) -> &Connection {
        &self.shared.reads.connection
    }

    pub(crate) fn writes(&self) -> &Connection {
        &self.shared.writes.connection
    }

    /// Returns whether the types of the columns of the databases are known.
    pub(crate) fn knows_types(&self) -> bool {
        self.reads().knows_types() && self.writes().knows_types()
    }

    /// Looks up the types of the columns of the databases, unless they are known.
    pub(crate) async fn look_up_types(&self) -> Result<(), DbErr> {
        self.reads().look_up_types().await?;
        self.writes().look_up_types().await
    }

    pub(crate) fn token_cache(&self) -> &TokenCache {
        &self.shared.token_cache
    }

    /// Returns the foreign keys of the database for writes.
    pub(crate) fn foreign_keys(&self) -> &ForeignKeys {
        &self.shared.foreign_keys
    }

    /// Returns the rules for the deletion of rows, on the database for writes.
    pub(crate) fn deletions(&self) -> &Deletions {
        &self.shared.deletions
    }

    pub(crate) fn throttle_store(&self) -> &ThrottleStore {
        &self.shared.throttles
    }
}
