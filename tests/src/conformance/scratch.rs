//! A fresh SQLite file for every scenario.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

const SCHEMA_AND_ROWS: &str = include_str!("../../conformance/bookstore.sql");

/// A folder that is removed when the value is dropped.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    fn new() -> io::Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("drf-conformance-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    /// The database file in it.
    pub fn database(&self) -> PathBuf {
        self.0.join("db.sqlite3")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // a folder that stays in the temporary directory is no reason to fail a test
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The database that all scenarios start from.
#[derive(Debug)]
pub struct Template(Scratch);

impl Template {
    /// Makes it from `bookstore.sql`.
    pub async fn new() -> Result<Self, String> {
        let scratch = Scratch::new().map_err(|error| error.to_string())?;
        fill(&scratch.database()).await.map_err(|error| format!("bookstore.sql: {error}"))?;
        Ok(Self(scratch))
    }

    /// A copy in a folder of its own.
    pub fn copy(&self) -> io::Result<Scratch> {
        let scratch = Scratch::new()?;
        std::fs::copy(self.0.database(), scratch.database())?;
        Ok(scratch)
    }
}

async fn fill(file: &Path) -> sqlx::Result<()> {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(false);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    sqlx::raw_sql(SCHEMA_AND_ROWS).execute(&mut connection).await?;
    connection.close().await
}
