//! The types of the columns of a database, and the conversions between them and values.
//!
//! One table for reads and writes: [`bind`] has the parameter that a value becomes, [`read`] the expression that a column
//! is read by, for each [`Storage`]. A value enters a statement only by way of [`Storage::bind`]. The page
//! `drf::guide::databases` has the table.

mod bind;
mod columns;
mod read;
mod storage;
mod unfit;

pub(crate) use bind::into_rust;
pub(crate) use columns::ColumnTypes;
pub(crate) use storage::Storage;
pub(crate) use unfit::Unfit;

use sea_orm::{DbBackend, Value};

/// Converts a parameter of a statement that the user wrote, of which no column is known.
pub(super) fn bind_unknown(value: Value, engine: DbBackend) -> Value {
    let is_moment = matches!(
        value,
        Value::ChronoDateTime(_)
            | Value::ChronoDateTimeUtc(_)
            | Value::ChronoDateTimeLocal(_)
            | Value::ChronoDateTimeWithTimeZone(_)
    );
    if !is_moment || engine == DbBackend::Postgres {
        return value;
    }
    Storage::moment(engine).bind(value.clone()).unwrap_or(value)
}
