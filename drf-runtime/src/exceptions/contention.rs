//! Statements that fail because of other transactions.

use sea_orm::DbErr;
use sqlx::error::DatabaseError;

use super::integrity::database_error;
use super::{APIException, Error};

/// Seconds after which a client may repeat a request that lost against another one.
const RETRY_AFTER: u64 = 1;

/// The reason why a statement failed through no fault of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contention {
    /// The database rolled the transaction back, and the same statements may succeed now: a deadlock, or a serialization
    /// failure
    Rollback,
    /// The database waited for a lock until its time-out
    LockTimeout,
}

impl Error {
    /// Tells whether the database rolled the transaction back in favour of another one, so that the same statements may
    /// succeed now.
    pub(crate) fn is_rollback(&self) -> bool {
        matches!(self, Error::Database(error) if contention(error) == Some(Contention::Rollback))
    }
}

impl APIException {
    /// Returns the response for a statement that failed because of the load on the database: 503 with `Retry-After`.
    /// `None` for every other error.
    pub(crate) fn of_load(error: &DbErr) -> Option<Self> {
        contention(error).map(|_| Self::unavailable(RETRY_AFTER))
    }
}

fn contention(error: &DbErr) -> Option<Contention> {
    let error = database_error(error)?;
    if let Some(number) = mysql_number(error) {
        return match number {
            // 1020: MariaDB, a row changed after the transaction's snapshot; 1213: deadlock
            1020 | 1213 => Some(Contention::Rollback),
            1205 => Some(Contention::LockTimeout),
            _ => None,
        };
    }
    let code = error.code()?;
    match code.as_ref() {
        "40001" | "40P01" => Some(Contention::Rollback),
        "55P03" => Some(Contention::LockTimeout),
        // SQLite, whose extended codes have the primary one in their low byte: SQLITE_BUSY and SQLITE_LOCKED
        code => match code.parse::<u32>().ok().filter(|_| code.len() < 5)? & 0xff {
            5 | 6 => Some(Contention::LockTimeout),
            _ => None,
        },
    }
}

#[cfg(feature = "mysql")]
pub(super) fn mysql_number(error: &dyn DatabaseError) -> Option<u16> {
    error.try_downcast_ref::<sqlx::mysql::MySqlDatabaseError>().map(sqlx::mysql::MySqlDatabaseError::number)
}

#[cfg(not(feature = "mysql"))]
pub(super) fn mysql_number(_: &dyn DatabaseError) -> Option<u16> {
    None
}
