//! A fresh database for every scenario, from the dump of its suite.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::mysql::MySqlConnection;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _};

use super::suite::Suite;
use crate::engines::{Engine, execute_on_server, url_of};

/// A database that one scenario uses, and a folder that is removed with it.
#[derive(Debug)]
pub struct Scratch {
    engine: Engine,
    name: String,
    folder: Folder,
}

impl Scratch {
    fn new(engine: Engine) -> Result<Self, String> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("drf_conformance_{}_{number}", std::process::id());
        let folder = Folder(std::env::temp_dir().join(&name));
        std::fs::create_dir_all(&folder.0).map_err(|error| error.to_string())?;
        Ok(Self { engine, name, folder })
    }

    /// The database: the path of a SQLite file, or a URL.
    pub fn database(&self) -> String {
        match self.engine {
            Engine::Sqlite => self.file().display().to_string(),
            _ => self.url(),
        }
    }

    /// The URL of the database.
    pub fn url(&self) -> String {
        match self.engine {
            Engine::Sqlite => format!("sqlite://{}", self.file().display()),
            engine => url_of(engine, &self.name),
        }
    }

    /// A folder for other files of the scenario.
    pub fn folder(&self) -> &Path {
        &self.folder.0
    }

    /// Drops the database on its server.
    pub async fn drop(self) {
        match self.engine {
            Engine::Sqlite => {}
            Engine::Postgres => {
                execute_on_server(
                    self.engine,
                    &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name),
                )
                .await;
            }
            Engine::Mysql => {
                execute_on_server(self.engine, &format!("DROP DATABASE IF EXISTS {}", self.name)).await;
            }
        }
    }

    fn file(&self) -> PathBuf {
        self.folder.0.join("db.sqlite3")
    }
}

/// A folder that is removed when the value is dropped.
#[derive(Debug)]
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // a folder that stays in the temporary directory is no reason to fail a test
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The database that all scenarios start from: a SQLite file or a PostgreSQL database to copy. MySQL cannot copy a
/// database, so each of its databases is loaded from the dump.
#[derive(Debug)]
pub struct Template {
    original: Scratch,
    dump: String,
}

impl Template {
    /// Creates it from the dump of a suite.
    ///
    /// # Errors
    /// If the dump cannot be read or executed.
    pub async fn new(suite: &Suite, engine: Engine) -> Result<Self, String> {
        let template = Self { original: Scratch::new(engine)?, dump: suite.dump(engine)? };
        let created = match engine {
            Engine::Sqlite => load_sqlite(&template.original.file(), &template.dump).await,
            Engine::Postgres => load_postgres(&template.original, &template.dump).await,
            Engine::Mysql => Ok(()),
        };
        created.map_err(|error| format!("the dump of `{}`: {error}", suite.name))?;
        Ok(template)
    }

    /// Copies it.
    ///
    /// # Errors
    /// If the database cannot be created.
    pub async fn copy(&self) -> Result<Scratch, String> {
        let scratch = Scratch::new(self.original.engine)?;
        match scratch.engine {
            Engine::Sqlite => {
                std::fs::copy(self.original.file(), scratch.file()).map_err(|error| error.to_string())?;
            }
            Engine::Postgres => {
                let sql = format!("CREATE DATABASE {} TEMPLATE {}", scratch.name, self.original.name);
                execute_on_server(scratch.engine, &sql).await;
            }
            Engine::Mysql => {
                load_mysql(&scratch, &self.dump).await.map_err(|error| error.to_string())?;
            }
        }
        Ok(scratch)
    }

    /// Drops it.
    pub async fn drop(self) {
        self.original.drop().await;
    }
}

async fn load_sqlite(file: &Path, dump: &str) -> sqlx::Result<()> {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut connection).await?;
    connection.close().await
}

async fn load_postgres(template: &Scratch, dump: &str) -> sqlx::Result<()> {
    let sql = format!(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'",
        template.name
    );
    execute_on_server(Engine::Postgres, &sql).await;
    let mut connection = PgConnection::connect(&template.url()).await?;
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut connection).await?;
    connection.close().await
}

async fn load_mysql(scratch: &Scratch, dump: &str) -> sqlx::Result<()> {
    execute_on_server(Engine::Mysql, &format!("CREATE DATABASE {} CHARACTER SET utf8mb4", scratch.name))
        .await;
    let mut connection = MySqlConnection::connect(&scratch.url()).await?;
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&mut connection).await?;
    connection.close().await
}
