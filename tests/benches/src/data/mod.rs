//! The databases: books as Django would have stored them, the same rows every time.

mod postgres;
mod rows;
mod schema;
mod sqlite;

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use tokio::sync::Mutex;

use crate::Result;

/// The token of a user who may read everything.
pub const TOKEN: &str = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";

/// The pool of each stack: as many at the start as ever, so that none is opened while requests are counted.
pub const CONNECTIONS: u32 = 2;

/// What keeps the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// The engine of a database.
    pub fn of(url: &str) -> Self {
        if url.starts_with("postgres") { Self::Postgres } else { Self::Sqlite }
    }

    /// The database with so many books, made when it is not there yet.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn database(self, books: u64) -> Result<String> {
        // Stacks are measured side by side, and each of them needs it.
        static CREATION: Mutex<()> = Mutex::const_new(());
        let _creation = CREATION.lock().await;
        match self {
            Self::Sqlite => sqlite::database(books).await,
            Self::Postgres => postgres::database(books).await,
        }
    }

    /// A database of its own with the same rows, for who writes.
    ///
    /// # Errors
    /// If it cannot be written.
    pub async fn copy(self, books: u64, name: &str) -> Result<String> {
        let name = format!("{}_{}", name.replace('-', "_"), std::process::id());
        match self {
            Self::Sqlite => sqlite::copy(books, &name).await,
            Self::Postgres => postgres::copy(books, &name).await,
        }
    }

    /// Removes such a copy.
    ///
    /// # Errors
    /// If the server cannot be reached.
    pub async fn remove(self, url: &str) -> Result<()> {
        match self {
            Self::Sqlite => sqlite::remove(url),
            Self::Postgres => postgres::remove(url).await?,
        }
        Ok(())
    }

    /// Removes what was made on a server that belongs to others. Files stay for the next time.
    ///
    /// # Errors
    /// If the server cannot be reached.
    pub async fn clean_up(self) -> Result<()> {
        match self {
            Self::Sqlite => Ok(()),
            Self::Postgres => postgres::clean_up().await,
        }
    }
}

/// Where files are kept: databases, profiles, scripts.
///
/// # Errors
/// If it cannot be made.
pub fn folder() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join("drf-benches");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

impl FromStr for Engine {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "sqlite" => Ok(Self::Sqlite),
            "postgres" => Ok(Self::Postgres),
            other => Err(format!("no engine `{other}`; there are sqlite, postgres")),
        }
    }
}
