//! SQLite: each database is a file.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use super::{folder, rows, schema};
use crate::Result;

pub(super) async fn database(books: u64) -> Result<String> {
    let path = folder()?.join(format!("books-{books}.sqlite3"));
    if !path.exists() {
        let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
        // an earlier process may have had the same number, and have been stopped
        remove(&url(&unfinished));
        make(&unfinished, books).await?;
        std::fs::rename(&unfinished, &path)?;
    }
    Ok(url(&path))
}

pub(super) async fn copy(books: u64, name: &str) -> Result<String> {
    let original = database(books).await?;
    let copy = url(&folder()?.join(format!("{name}.sqlite3")));
    remove(&copy);
    std::fs::copy(path(&original), path(&copy))?;
    Ok(copy)
}

/// Removes a database with its log, which would else belong to the next one of the name.
pub(super) fn remove(url: &str) {
    for ending in ["", "-wal", "-shm"] {
        // one that is not there need not be removed
        let _ = std::fs::remove_file(format!("{}{ending}", path(url)));
    }
}

fn url(path: &Path) -> String {
    format!("sqlite://{}?mode=rw", path.display())
}

fn path(url: &str) -> &str {
    url.trim_start_matches("sqlite://").trim_end_matches("?mode=rw")
}

async fn make(path: &Path, books: u64) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut db = options.journal_mode(SqliteJournalMode::Wal).connect().await?;
    db.execute(schema::SQLITE).await?;
    let mut transaction = db.begin().await?;
    for sql in rows::inserts(books) {
        transaction.execute(AssertSqlSafe(sql)).await?;
    }
    transaction.commit().await?;
    db.close().await?;
    Ok(())
}
