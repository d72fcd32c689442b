//! Pools of database connections.

mod hooks;
mod lost;
mod options;

pub(crate) use lost::{is_lost, is_unavailable, note_lost};
pub use options::ConnectOptions;

use futures_util::future::BoxFuture;
use sea_orm::{Database, DatabaseConnection, DbErr};

/// Opens a pool of connections to a database.
///
/// A URL is enough; [`ConnectOptions`] sets the size of the pool and the time-outs:
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), drf::sea_orm::DbErr> {
/// use std::time::Duration;
///
/// use drf::ConnectOptions;
///
/// let db = drf::connect("sqlite::memory:").await?;
/// let db = drf::connect(ConnectOptions::new("sqlite::memory:").acquire_timeout(Duration::from_secs(2))).await?;
/// # Ok(())
/// # }
/// ```
///
/// - A connection that the server has closed, such as by a restart, is replaced before a request uses it.
/// - Where all connections are in use for longer than the `acquire_timeout`, the response is a 503 with `Retry-After`.
/// - SQLite waits for locks, can match regular expressions (the lookups `regex` and `iregex`), and a file that is created
///   here is in WAL mode, in which readers and a writer do not wait for each other.
/// - MariaDB and MySQL are in strict mode: they refuse what a column cannot hold.
///
/// Any other [`DatabaseConnection`] works as well.
///
/// # Errors
/// The database cannot be reached, or the URL is malformed.
pub async fn connect(options: impl Into<ConnectOptions>) -> Result<DatabaseConnection, DbErr> {
    connected(options.into()).await
}

/// Boxed, so that the pool is compiled here and not in each crate of users.
fn connected(options: ConnectOptions) -> BoxFuture<'static, Result<DatabaseConnection, DbErr>> {
    Box::pin(Database::connect(options.into_sea_orm()))
}
