use futures_util::future::BoxFuture;
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};

/// A pool of connections as drf wants it: SQLite can match regular expressions (the lookups `regex` and `iregex`), a
/// connection is not tried out before each use, and statements are not logged one by one.
///
/// Any other [`DatabaseConnection`] does as well; these are the options to give it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), drf::sea_orm::DbErr> {
/// let db = drf::connect("sqlite::memory:").await?;
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If there is no such database.
pub async fn connect(url: impl Into<String>) -> Result<DatabaseConnection, DbErr> {
    connected(url.into()).await
}

/// Boxed, so that the pool is compiled here and not in each crate of users.
fn connected(url: String) -> BoxFuture<'static, Result<DatabaseConnection, DbErr>> {
    let mut options = ConnectOptions::new(&url);
    options.sqlx_logging(false).test_before_acquire(false);
    #[cfg(feature = "sqlite")]
    options.map_sqlx_sqlite_opts(|sqlite| sqlite.with_regexp());
    if url.contains(":memory:") {
        // Each connection would have a memory of its own.
        options.max_connections(1);
    }
    Box::pin(Database::connect(options))
}
