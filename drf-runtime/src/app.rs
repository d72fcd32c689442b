//! The shared state of all requests: settings, databases, caches.

use std::any::Any;
use std::sync::Arc;

use http::Extensions;
use sea_orm::sea_query::IntoIden;
use sea_orm::{DatabaseConnection, DbErr, EntityTrait};

use crate::accounts::models::token;
use crate::accounts::{AuthUserBackend, ModelBackend, TokenCache, UserBackend, UserModel};
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
    users: Arc<dyn UserBackend>,
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
    /// Returns the same database, whose catalog is looked up once.
    fn share(&self) -> Self {
        Self { connection: self.connection.clone(), pool: self.pool.clone() }
    }
}

/// An app that is being put together; see [`App::builder`]. `D` is the database, once there is one.
#[derive(Debug)]
#[must_use = "an app is made by `build`"]
pub struct AppBuilder<D = DatabaseConnection> {
    settings: Settings,
    database: D,
    replica: Option<DatabaseConnection>,
    throttle_store: ThrottleStore,
    users: Arc<dyn UserBackend>,
    entities: EntityRegistry,
    state: Extensions,
}

impl App {
    /// Creates an app on one database, with the default classes.
    pub fn new(settings: Settings, db: DatabaseConnection) -> Self {
        Self::builder(settings).database(db).build()
    }

    /// Starts an app, which needs a database.
    ///
    /// ```
    /// use drf::prelude::*;
    ///
    /// #[derive(Debug, Clone)]
    /// struct Mailer {
    ///     sender: String,
    /// }
    ///
    /// # async fn app() -> Result<App, drf::sea_orm::DbErr> {
    /// let app = App::builder(Settings::default())
    ///     .database(drf::connect("sqlite::memory:").await?)
    ///     .state(Mailer { sender: "shop@example.com".to_owned() })
    ///     .build();
    /// # Ok(app)
    /// # }
    ///
    /// #[api_view(GET)]
    /// async fn sender(request: &Request) -> Result<Response> {
    ///     Ok(Response::ok(request.state::<Mailer>()?.sender.as_str()))
    /// }
    /// ```
    pub fn builder(settings: Settings) -> AppBuilder<()> {
        AppBuilder {
            settings,
            database: (),
            replica: None,
            throttle_store: ThrottleStore::default(),
            users: Arc::new(AuthUserBackend),
            entities: EntityRegistry::default(),
            state: Extensions::new(),
        }
    }

    /// Returns the value of a type that [`AppBuilder::state`] has added.
    pub fn state<T: Any + Clone + Send + Sync>(&self) -> Option<&T> {
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

    /// Returns the users.
    pub(crate) fn users(&self) -> &dyn UserBackend {
        &*self.shared.users
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

impl AppBuilder<()> {
    /// Sets the database.
    pub fn database(self, database: DatabaseConnection) -> AppBuilder {
        let Self { settings, database: (), replica, throttle_store, users, entities, state } = self;
        AppBuilder { settings, database, replica, throttle_store, users, entities, state }
    }
}

impl<D> AppBuilder<D> {
    /// Sets a database for reads: lists and single rows come from it; what is validated, written and read after writing goes to
    /// the other one.
    pub fn replica(self, replica: DatabaseConnection) -> Self {
        Self { replica: Some(replica), ..self }
    }

    /// Sets the store of the counts of throttles: one that several processes share, or one with a clock. By default they are
    /// in the memory of the process.
    pub fn throttle_store(self, throttle_store: ThrottleStore) -> Self {
        Self { throttle_store, ..self }
    }

    /// Adds an entity that no viewset is about: when a row that its rows reference is deleted, they are deleted or changed, or
    /// protect it, as its `on_delete` says. Of tables that the app does not know, the database decides.
    ///
    /// ```
    /// # use bookshop::review;
    /// # use drf::prelude::*;
    /// # async fn app() -> Result<App, drf::sea_orm::DbErr> {
    /// let db = drf::connect("sqlite::memory:").await?;
    /// let app = App::builder(Settings::default()).database(db).entity::<review::Entity>().build();
    /// # Ok(app)
    /// # }
    /// ```
    pub fn entity<E: EntityTrait>(mut self) -> Self {
        self.entities.add(Entity::of::<E>());
        self
    }

    /// Sets the model of the users, in place of the one of `auth_user`.
    /// Django's `AUTH_USER_MODEL`. Log-ins, the token view and the tokens of `authtoken_token` are about its rows, and tokens are
    /// deleted with them.
    pub fn auth_user_model<M: UserModel>(mut self) -> Self {
        let (users, tokens) = (Entity::of::<M::Entity>(), Entity::of::<token::Entity>());
        self.entities.add(users);
        self.entities.add_foreign_key(tokens.table_ref.clone(), token::Column::UserId.into_iden(), users);
        Self { users: Arc::new(ModelBackend::<M>::new()), ..self }
    }

    /// Adds a value that requests share, such as a client of another service; one of the same type is replaced. Requests reach it
    /// by its type: [`Request::state`](crate::Request::state).
    pub fn state<T: Any + Clone + Send + Sync>(mut self, value: T) -> Self {
        self.state.insert(value);
        self
    }
}

impl AppBuilder {
    /// Returns the app.
    pub fn build(self) -> App {
        let writes = Database::from(self.database);
        let reads = self.replica.map_or_else(|| writes.share(), Database::from);
        let shared = Shared {
            token_cache: TokenCache::new(self.settings.token_cache_seconds),
            settings: self.settings,
            reads,
            writes,
            throttles: self.throttle_store,
            users: self.users,
            foreign_keys: ForeignKeys::default(),
            deletions: Deletions::default(),
            state: self.state,
        };
        shared.deletions.add(&self.entities);
        App { shared: Arc::new(shared) }
    }
}
