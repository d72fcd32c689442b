//! Statements and rows, without the types of entities.

mod connection;
mod kept;
mod query_set;
mod row;

pub use connection::Connection;
pub(crate) use kept::{Kept, Shape};
pub use query_set::{ColumnPath, QuerySet};
pub(crate) use row::Key;
pub use row::Row;

use sea_orm::{ConnectionTrait, DbBackend, Value};

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
    let micros = chrono::Timelike::nanosecond(&utc) / 1000 % 1_000_000;
    let text = utc.format("%Y-%m-%d %H:%M:%S").to_string();
    Value::from(if micros == 0 { text } else { format!("{text}.{micros:06}") })
}
