use std::path::Path;
use std::time::Duration;

use super::hooks;

/// The URL of a database, and the options of the pool of connections to it.
///
/// | option | default | |
/// |---|---|---|
/// | `max_connections` | 10 | the most connections at a time; 1 for `sqlite::memory:`, which has a database for each |
/// | `min_connections` | 0 | the idle connections |
/// | `acquire_timeout` | 5 s | the longest wait for a connection; then the response is a 503 with `Retry-After` |
/// | `idle_timeout` | 10 min | the time after which an unused connection is closed |
/// | `max_lifetime` | 30 min | the time after which a connection is replaced |
/// | `statement_timeout` | 30 s | the time after which PostgreSQL, MySQL or MariaDB cancels a statement; then the response is a 503 |
/// | `busy_timeout` | 5 s | the longest wait for a lock of SQLite; then the response is a 503 |
/// | `wal` | a file that is created | whether SQLite's journal is a write-ahead log |
///
/// ```
/// use std::time::Duration;
///
/// use drf::ConnectOptions;
///
/// let options = ConnectOptions::new("postgres://localhost/bookstore")
///     .max_connections(20)
///     .statement_timeout(Duration::from_secs(10));
/// ```
#[derive(Debug, Clone)]
pub struct ConnectOptions {
    url: String,
    max_connections: u32,
    min_connections: u32,
    acquire_timeout: Duration,
    idle_timeout: Duration,
    max_lifetime: Duration,
    #[cfg_attr(
        not(any(feature = "postgres", feature = "mysql")),
        allow(dead_code, reason = "SQLite has none")
    )]
    statement_timeout: Option<Duration>,
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "for SQLite only"))]
    busy_timeout: Duration,
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "for SQLite only"))]
    wal: Option<bool>,
}

impl ConnectOptions {
    /// Creates the default options for a URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            max_connections: 10,
            min_connections: 0,
            acquire_timeout: Duration::from_secs(5),
            idle_timeout: Duration::from_secs(600),
            max_lifetime: Duration::from_secs(1800),
            statement_timeout: Some(Duration::from_secs(30)),
            busy_timeout: Duration::from_secs(5),
            wal: None,
        }
    }

    /// Sets the most connections at a time.
    pub fn max_connections(self, max_connections: u32) -> Self {
        Self { max_connections, ..self }
    }

    /// Sets the number of idle connections.
    pub fn min_connections(self, min_connections: u32) -> Self {
        Self { min_connections, ..self }
    }

    /// Sets the longest wait for a connection, whether all are in use or the server does not accept any.
    pub fn acquire_timeout(self, acquire_timeout: Duration) -> Self {
        Self { acquire_timeout, ..self }
    }

    /// Sets the time after which an unused connection is closed.
    pub fn idle_timeout(self, idle_timeout: Duration) -> Self {
        Self { idle_timeout, ..self }
    }

    /// Sets the time after which a connection is replaced.
    pub fn max_lifetime(self, max_lifetime: Duration) -> Self {
        Self { max_lifetime, ..self }
    }

    /// Sets the time after which the server cancels a statement; `None` for never. It also bounds for how long the query of
    /// a client that has disconnected occupies a connection. MySQL applies it to queries only. SQLite has no such time-out.
    pub fn statement_timeout(self, statement_timeout: impl Into<Option<Duration>>) -> Self {
        Self { statement_timeout: statement_timeout.into(), ..self }
    }

    /// Sets the longest wait for a lock of SQLite.
    pub fn busy_timeout(self, busy_timeout: Duration) -> Self {
        Self { busy_timeout, ..self }
    }

    /// Sets whether SQLite's journal is a write-ahead log. Without it, a file keeps the mode that it has, and a file that
    /// is created gets a write-ahead log.
    pub fn wal(self, wal: bool) -> Self {
        Self { wal: Some(wal), ..self }
    }

    pub(super) fn into_sea_orm(self) -> sea_orm::ConnectOptions {
        let mut options = sea_orm::ConnectOptions::new(&self.url);
        // Each connection would have a memory of its own.
        let max = if self.is_in_memory() { 1 } else { self.max_connections };
        options
            .sqlx_logging(false)
            .test_before_acquire(false)
            .max_connections(max)
            .min_connections(self.min_connections.min(max))
            .acquire_timeout(self.acquire_timeout)
            .max_lifetime(self.max_lifetime)
            .idle_timeout(self.idle_timeout);
        hooks::install(&mut options, &self);
        options
    }

    #[cfg(any(feature = "postgres", feature = "mysql"))]
    pub(super) fn get_statement_timeout(&self) -> Option<Duration> {
        self.statement_timeout
    }

    #[cfg(feature = "sqlite")]
    pub(super) fn get_busy_timeout(&self) -> Duration {
        self.busy_timeout
    }

    /// Returns the journal mode to set; `None` to keep the one of the file.
    #[cfg(feature = "sqlite")]
    pub(super) fn wal_mode(&self) -> Option<bool> {
        self.wal.or_else(|| self.creates_file().then_some(true))
    }

    fn is_in_memory(&self) -> bool {
        self.url.contains(":memory:") || self.url.contains("mode=memory")
    }

    /// Returns whether the URL is of a SQLite file that is not there yet and will be created.
    #[cfg_attr(not(feature = "sqlite"), allow(dead_code, reason = "for SQLite only"))]
    fn creates_file(&self) -> bool {
        let Some(rest) = self.url.strip_prefix("sqlite:") else { return false };
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let creates = query.split('&').any(|parameter| parameter == "mode=rwc");
        let path = percent_encoding::percent_decode_str(path.trim_start_matches("//")).decode_utf8_lossy();
        creates && !self.is_in_memory() && !Path::new(path.as_ref()).exists()
    }
}

impl<T: Into<String>> From<T> for ConnectOptions {
    fn from(url: T) -> Self {
        Self::new(url)
    }
}
