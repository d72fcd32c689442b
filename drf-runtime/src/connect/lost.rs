//! Connections that the server, or something between, has closed.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
#[cfg(any(feature = "postgres", feature = "mysql", test))]
use std::time::Duration;
use std::time::Instant;

use sea_orm::{DbErr, RuntimeErr};

/// The time for which a connection may be unused without being checked before its next use. A request on a busy server
/// pays nothing for the check.
#[cfg(any(feature = "postgres", feature = "mysql"))]
const TRUSTED_FOR: Duration = Duration::from_secs(1);

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The last time, in milliseconds since [`START`], at which a connection turned out to be lost. Most probably, those that
/// were idle then are lost too, such as after a restart of the server.
static LOST_AT: AtomicU64 = AtomicU64::new(0);

/// Returns whether a connection has to be checked before it is used.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(super) fn is_suspect(idle_for: Duration) -> bool {
    let lost_at = LOST_AT.load(Ordering::Relaxed);
    idle_for >= TRUSTED_FOR
        || (lost_at > 0 && START.elapsed().saturating_sub(idle_for).as_millis() <= lost_at.into())
}

/// Notes that a connection was lost.
pub(crate) fn note_lost() {
    let now = u64::try_from(START.elapsed().as_millis()).unwrap_or(u64::MAX);
    LOST_AT.fetch_max(now.max(1), Ordering::Relaxed);
}

fn sqlx_error(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => Some(error.as_ref()),
        _ => None,
    }
}

/// Returns whether a statement failed because its connection was closed.
pub(crate) fn is_lost(error: &DbErr) -> bool {
    match sqlx_error(error) {
        Some(sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed) => true,
        Some(sqlx::Error::Database(error)) => {
            let code = error.code();
            // PostgreSQL: administrator command (restart, `pg_terminate_backend`), crash, idle time-out; MariaDB: server
            // shutdown, connection killed, closed for inactivity, all of them with a general SQLSTATE
            matches!(code.as_deref(), Some("57P01" | "57P02" | "57P05" | "08S01" | "70100"))
                || is_mysql(error.as_ref(), &[1053, 1152, 1184, 1927, 4031])
        }
        Some(sqlx::Error::Protocol(message)) => {
            message.contains("unexpected end") || message.contains("closed")
        }
        _ => false,
    }
}

/// Returns whether the database cannot take a request now, so that it is worth another try later.
pub(crate) fn is_unavailable(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) || is_lost(error) {
        return true;
    }
    let Some(sqlx::Error::Database(error)) = sqlx_error(error) else { return false };
    // PostgreSQL: starting up, too many connections, statement time-out; MariaDB: too many connections, statement
    // time-out (the two numbers of MariaDB and MySQL)
    matches!(error.code().as_deref(), Some("57P03" | "53300" | "57014"))
        || is_mysql(error.as_ref(), &[1040, 1203, 1969, 3024])
}

#[cfg(feature = "mysql")]
fn is_mysql(error: &dyn sqlx::error::DatabaseError, numbers: &[u16]) -> bool {
    let mysql = error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>();
    mysql.is_some_and(|error| numbers.contains(&error.number()))
}

#[cfg(not(feature = "mysql"))]
fn is_mysql(_: &dyn sqlx::error::DatabaseError, _: &[u16]) -> bool {
    false
}

#[cfg(all(test, any(feature = "postgres", feature = "mysql")))]
mod tests {
    use super::*;

    #[test]
    fn connections_that_were_idle_when_one_was_lost_are_checked() {
        LazyLock::force(&START);
        assert!(is_suspect(Duration::from_secs(1)));
        std::thread::sleep(Duration::from_millis(5));
        note_lost();
        assert!(is_suspect(Duration::from_millis(2)), "idle since before");
        std::thread::sleep(Duration::from_millis(5));
        assert!(!is_suspect(Duration::from_millis(1)), "used since then");
    }
}
