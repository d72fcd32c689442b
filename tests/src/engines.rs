//! A database of its own for every test, on each engine.

use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};

use drf::sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, Schema};

/// A database engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
    Mysql,
}

/// An empty database that nothing else uses. It is dropped when the test ends.
#[derive(Debug)]
pub struct Database {
    pub engine: Engine,
    /// The URL under which further connections, or another process, open the same database
    pub url: String,
    /// A pool of connections to it
    pub db: DatabaseConnection,
}

impl Engine {
    /// The name, as the recorded suites write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
            Self::Mysql => "mysql",
        }
    }

    /// The engine with a name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Sqlite, Self::Postgres, Self::Mysql].into_iter().find(|engine| engine.name() == name)
    }
}

impl Database {
    async fn create(engine: Engine) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("drf_test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let url = match engine {
            // A file, since each connection to `sqlite::memory:` has a database of its own.
            Engine::Sqlite => {
                format!(
                    "sqlite://{}?mode=rwc",
                    std::env::temp_dir().join(&name).with_extension("sqlite3").display()
                )
            }
            _ => {
                execute_on_server(engine, &format!("CREATE DATABASE {name}")).await;
                url_of(engine, &name)
            }
        };
        let db = drf::connect(&url).await.expect("a connection to the database of the test");
        Self { engine, url, db }
    }

    /// Creates the table of an entity.
    pub async fn create_table<E: EntityTrait>(&self, entity: E) {
        let statement = Schema::new(self.db.get_database_backend()).create_table_from_entity(entity);
        self.db.execute(&statement).await.expect("a table");
    }

    /// Executes SQL; identifiers quoted with `"` are quoted with backticks on MariaDB.
    pub async fn execute(&self, sql: &str) {
        let sql = match self.db.get_database_backend() {
            DbBackend::MySql => sql.replace('"', "`"),
            _ => sql.to_owned(),
        };
        self.db.execute_unprepared(&sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    async fn drop(self) {
        let (_, name) = self.url.rsplit_once('/').expect("a URL with a name");
        match self.engine {
            Engine::Sqlite => {
                let file = self.url.trim_start_matches("sqlite://").trim_end_matches("?mode=rwc");
                for suffix in ["", "-wal", "-shm", "-journal"] {
                    // Not every journal mode leaves each of them.
                    let _ = std::fs::remove_file(format!("{file}{suffix}"));
                }
            }
            Engine::Postgres => {
                execute_on_server(self.engine, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
            }
            Engine::Mysql => execute_on_server(self.engine, &format!("DROP DATABASE {name}")).await,
        }
    }
}

fn server_url(engine: Engine) -> String {
    let variable = match engine {
        Engine::Postgres => "TEST_POSTGRES_URL",
        _ => "TEST_MYSQL_URL",
    };
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} is not set: the URL of a server for tests"))
}

/// The URL of a database on the server of an engine.
pub fn url_of(engine: Engine, name: &str) -> String {
    let server = server_url(engine);
    let host = server.rsplit_once('/').map_or(server.as_str(), |(host, _)| host);
    format!("{host}/{name}")
}

/// Executes SQL on the server of an engine, outside of the database of a test.
pub async fn execute_on_server(engine: Engine, sql: &str) {
    let server = drf::connect(server_url(engine)).await.expect("a database server");
    server.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    server.close().await.expect("a connection that can be closed");
}

/// Runs a test on a new database of an engine, and drops the database whether the test passes or panics.
pub async fn run<F: Future<Output = ()> + Send + 'static>(engine: Engine, test: impl FnOnce(Database) -> F) {
    let database = Database::create(engine).await;
    let created = Database { engine, url: database.url.clone(), db: database.db.clone() };
    let result = tokio::spawn(test(database)).await;
    created.drop().await;
    if let Err(error) = result {
        std::panic::resume_unwind(error.into_panic());
    }
}

/// Defines a test that runs on each engine: `name::sqlite`, and `name::postgres` and `name::mysql`, which are ignored
/// unless asked for, since they need a server. `.ci/run` asks for them.
///
/// ```text
/// on_each_engine! {
///     async fn rows_are_listed(database: Database) { .. }
/// }
/// ```
#[macro_export]
macro_rules! on_each_engine {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident: Database) $body:block)*) => {$(
        mod $name {
            use super::*;

            $(#[$meta])*
            async fn test($database: $crate::engines::Database) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::engines::run($crate::engines::Engine::Sqlite, test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "needs PostgreSQL at TEST_POSTGRES_URL"]
            async fn postgres() {
                $crate::engines::run($crate::engines::Engine::Postgres, test).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            #[ignore = "needs MariaDB at TEST_MYSQL_URL"]
            async fn mysql() {
                $crate::engines::run($crate::engines::Engine::Mysql, test).await;
            }
        }
    )*};
}
