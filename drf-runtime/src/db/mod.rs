//! Statements and rows, without the types of entities.

mod connection;
mod foreign_keys;
mod kept;
mod on_commit;
mod query_set;
mod row;
mod transaction;

pub use connection::Connection;
pub(crate) use foreign_keys::ForeignKeys;
pub(crate) use kept::{Kept, Shape};
#[doc(hidden)]
pub use on_commit::kind as on_commit_kind;
pub(crate) use on_commit::run_now;
pub use on_commit::{CallbackOutput, OnCommit};
pub use query_set::{ColumnPath, QuerySet};
pub(crate) use row::Key;
pub use row::Row;
pub(crate) use transaction::Scope;
pub use transaction::Transaction;

use crate::text::dates::{write_date, write_time};
use sea_orm::{ConnectionTrait, DbBackend, Value};

/// How many parameters one statement has at most: as many as SQLite takes, which takes the fewest.
pub(crate) const MAX_PARAMETERS: usize = 32_766;

/// How many keys are looked for in one statement, which may have some other parameters.
pub(crate) const MAX_KEYS: usize = 30_000;

/// A value as it is written to this database. SQLite keeps points in time as text, and Django's has a space and no
/// offset; what is written must sort among what is there.
pub(crate) fn for_backend(value: Value, db: &Connection) -> Value {
    if db.get_database_backend() != DbBackend::Sqlite {
        return value;
    }
    let utc = match value {
        Value::ChronoDateTimeUtc(Some(time)) => time.naive_utc(),
        Value::ChronoDateTimeWithTimeZone(Some(time)) => time.naive_utc(),
        Value::ChronoDateTimeLocal(Some(time)) => time.naive_utc(),
        Value::ChronoDateTime(Some(time)) => time,
        other => return other,
    };
    let mut text = Vec::with_capacity(26);
    write_date(utc.date(), &mut text);
    text.push(b' ');
    write_time(utc.time(), &mut text);
    Value::from(String::from_utf8(text).unwrap_or_default())
}
