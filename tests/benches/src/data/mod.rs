//! The database: books as Django would have stored them, the same rows every time.

mod rows;
mod schema;

use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, SqliteConnection};

use crate::Result;

/// The token of a user who may read everything.
pub const TOKEN: &str = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";

/// The pool of each stack: as many at the start as ever, so that none is opened while requests are counted.
pub const CONNECTIONS: u32 = 2;

/// How many rows are inserted by one statement.
const BATCH: u64 = 500;

/// A file with so many books, made when it is not there yet.
///
/// # Errors
/// If it cannot be written.
pub async fn database(books: u64) -> Result<PathBuf> {
    let path = folder()?.join(format!("books-{books}.sqlite3"));
    if !path.exists() {
        let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
        make(&unfinished, books).await?;
        std::fs::rename(&unfinished, &path)?;
    }
    Ok(path)
}

/// A file of its own with the same rows, for who writes.
///
/// # Errors
/// If it cannot be written.
pub async fn copy(books: u64, name: &str) -> Result<PathBuf> {
    let original = database(books).await?;
    let copy = folder()?.join(format!("{name}-{}.sqlite3", std::process::id()));
    remove(&copy);
    std::fs::copy(original, &copy)?;
    Ok(copy)
}

/// Removes a database with its log, which would else belong to the next one of the name.
pub fn remove(db: &Path) {
    for ending in ["", "-wal", "-shm"] {
        // one that is not there need not be removed
        let _ = std::fs::remove_file(format!("{}{ending}", db.display()));
    }
}

/// Where databases and profiles are kept.
///
/// # Errors
/// If it cannot be made.
pub fn folder() -> Result<PathBuf> {
    let folder = std::env::temp_dir().join("drf-benches");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

async fn make(path: &Path, books: u64) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut db = options.journal_mode(SqliteJournalMode::Wal).connect().await?;
    db.execute(schema::TABLES).await?;
    let mut transaction = db.begin().await?;
    fill(&mut transaction, books).await?;
    transaction.commit().await?;
    db.close().await?;
    Ok(())
}

/// The values of a row, from its number.
type Values = fn(u64) -> String;

async fn fill(db: &mut SqliteConnection, books: u64) -> Result<()> {
    db.execute(AssertSqlSafe(rows::user())).await?;
    let tables: [(u64, &str, Values); 4] = [
        (rows::PUBLISHERS, "publisher (id, name, address)", rows::publisher),
        (rows::AUTHORS, "author (id, name)", rows::author),
        (books, rows::BOOK_COLUMNS, rows::book),
        (books, "book_author (book_id, author_id)", rows::book_authors),
    ];
    for (count, table, row) in tables {
        let mut next = 1;
        while next <= count {
            let last = count.min(next + BATCH - 1);
            let values: Vec<String> = (next..=last).map(row).collect();
            let sql = format!("INSERT INTO {table} VALUES {}", values.join(","));
            db.execute(AssertSqlSafe(sql)).await?;
            next = last + 1;
        }
    }
    Ok(())
}
