//! Cells of a row by index, as the driver holds them: text is borrowed, nothing is looked up by name.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
use sea_orm::sea_query::ArrayType;
use sea_orm::{DbErr, QueryResult, Value};
#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
use sqlx::Row as _;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use sqlx::Type;
use sqlx::{ColumnIndex, Decode, TypeInfo, ValueRef};
use uuid::Uuid;

use crate::schema::Column;
#[cfg(feature = "sqlite")]
use crate::text::dates::{Moment, parse_datetime};
use crate::value::Value as Document;
use crate::value::json::parse_json;

/// A row of a response of the database; its cells are read by index.
#[derive(Clone, Copy)]
pub struct Row<'r> {
    cells: &'r QueryResult,
}

/// A value that rows are matched by: a primary or foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    Int(i64),
    Uuid(Uuid),
    Text(String),
}

impl Key {
    /// Creates the key of a row from a parameter of a statement.
    pub(crate) fn of(value: &Value) -> Self {
        let int = match value {
            Value::TinyInt(Some(number)) => Some(i64::from(*number)),
            Value::SmallInt(Some(number)) => Some(i64::from(*number)),
            Value::Int(Some(number)) => Some(i64::from(*number)),
            Value::BigInt(Some(number)) => Some(*number),
            Value::TinyUnsigned(Some(number)) => Some(i64::from(*number)),
            Value::SmallUnsigned(Some(number)) => Some(i64::from(*number)),
            Value::Unsigned(Some(number)) => Some(i64::from(*number)),
            Value::BigUnsigned(Some(number)) => i64::try_from(*number).ok(),
            _ => None,
        };
        match (int, value) {
            (Some(number), _) => Key::Int(number),
            (None, Value::Uuid(Some(uuid))) => Key::Uuid(*uuid),
            (None, Value::String(Some(text))) => Key::Text(text.clone()),
            (None, other) => Key::Text(other.to_string().trim_matches('\'').to_owned()),
        }
    }

    /// Returns the key as a parameter of a statement.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Key::Int(number) => Value::BigInt(Some(*number)),
            Key::Uuid(uuid) => Value::Uuid(Some(*uuid)),
            Key::Text(text) => Value::String(Some(text.clone())),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Int(number) => number.fmt(f),
            Key::Uuid(uuid) => uuid.fmt(f),
            Key::Text(text) => f.write_str(text),
        }
    }
}

type Cell<T> = Result<Option<T>, DbErr>;

/// Runs an expression on the row of whichever driver it is.
macro_rules! on_driver {
    ($self:ident, |$row:ident| $sqlite:expr, $postgres:expr, $mysql:expr) => {{
        #[cfg(feature = "sqlite")]
        if let Some($row) = $self.cells.try_as_sqlite_row() {
            return $sqlite;
        }
        #[cfg(feature = "postgres")]
        if let Some($row) = $self.cells.try_as_pg_row() {
            return $postgres;
        }
        #[cfg(feature = "mysql")]
        if let Some($row) = $self.cells.try_as_mysql_row() {
            return $mysql;
        }
        Err(DbErr::Type("rows of this driver cannot be read".to_owned()))
    }};
}

impl<'r> Row<'r> {
    /// Creates a row from one of sea-orm.
    pub fn new(cells: &'r QueryResult) -> Self {
        Self { cells }
    }

    /// Returns the row for sea-orm's own decoding.
    pub fn query_result(&self) -> &'r QueryResult {
        self.cells
    }

    /// Text.
    pub fn text(&self, index: usize) -> Cell<&'r str> {
        on_driver!(self, |row| get(row, index), get(row, index), get(row, index))
    }

    /// Returns an integer of any width.
    pub fn int(&self, index: usize) -> Cell<i64> {
        on_driver!(self, |row| get(row, index), get(row, index), mysql_int(row, index))
    }

    /// Returns a floating-point number.
    pub fn float(&self, index: usize) -> Cell<f64> {
        on_driver!(self, |row| get(row, index), float_of(row, index), float_of(row, index))
    }

    /// Returns a truth value.
    pub fn boolean(&self, index: usize) -> Cell<bool> {
        on_driver!(self, |row| get(row, index), get(row, index), get(row, index))
    }

    /// Returns a decimal number. SQLite keeps it as an integer, a float or text, whichever the column's affinity made of it.
    pub fn decimal(&self, index: usize) -> Cell<Decimal> {
        on_driver!(self, |row| sqlite_decimal(row, index), get(row, index), get(row, index))
    }

    /// Returns a date.
    pub fn date(&self, index: usize) -> Cell<NaiveDate> {
        on_driver!(self, |row| get(row, index), get(row, index), get(row, index))
    }

    /// Returns a time of day.
    pub fn time(&self, index: usize) -> Cell<NaiveTime> {
        on_driver!(self, |row| get(row, index), get(row, index), get(row, index))
    }

    /// Returns a point in time; a column without a time zone is read as UTC, as Django writes it.
    pub fn datetime(&self, index: usize) -> Cell<DateTime<Utc>> {
        on_driver!(self, |row| sqlite_datetime(row, index), utc(row, index), get(row, index))
    }

    /// Returns a date and time without a zone.
    pub fn naive_datetime(&self, index: usize) -> Cell<NaiveDateTime> {
        on_driver!(self, |row| get(row, index), get(row, index), get(row, index))
    }

    /// Returns a UUID: 16 bytes (PostgreSQL's type, and sea-orm elsewhere) or text (Django elsewhere).
    pub fn uuid(&self, index: usize) -> Cell<Uuid> {
        on_driver!(self, |row| uuid_of(row, index), uuid_of(row, index), uuid_of(row, index))
    }

    /// Returns a JSON document.
    pub fn json(&self, index: usize) -> Cell<serde_json::Value> {
        on_driver!(self, |row| json_text(row, index), get(row, index), get(row, index))
    }

    fn bytes(&self, index: usize) -> Cell<&'r [u8]> {
        on_driver!(self, |row| get(row, index), get(row, index), get(row, index))
    }

    /// Returns a JSON document in which integers have all their digits.
    pub(crate) fn document(&self, index: usize) -> Cell<Document> {
        let Some(bytes) = self.bytes(index)? else { return Ok(None) };
        // the version in front of PostgreSQL's `jsonb`
        let text = bytes.strip_prefix(&[1]).unwrap_or(bytes);
        parse_json(text).map(Some).map_err(|error| DbErr::Type(error.to_string()))
    }

    /// Returns a primary or foreign key, or another value that rows are matched by.
    /// It is a value of a column, or of one that points at it: SQLite and MySQL have no type for UUIDs.
    pub(crate) fn key(&self, index: usize, column: &Column) -> Cell<Key> {
        if column.rust == ArrayType::Uuid {
            return Ok(self.uuid(index)?.map(Key::Uuid));
        }
        match self.key_kind(index)? {
            KeyKind::Int => Ok(self.int(index)?.map(Key::Int)),
            KeyKind::Uuid => Ok(self.uuid(index)?.map(Key::Uuid)),
            KeyKind::Text => Ok(self.text(index)?.map(|text| Key::Text(text.to_owned()))),
        }
    }

    /// Reports if the cell is NULL.
    pub(crate) fn is_null(&self, index: usize) -> Result<bool, DbErr> {
        on_driver!(self, |row| is_null(row, index), is_null(row, index), is_null(row, index))
    }

    fn key_kind(&self, index: usize) -> Result<KeyKind, DbErr> {
        on_driver!(self, |row| key_kind(row, index), key_kind(row, index), key_kind(row, index))
    }

    /// Returns text that the wire takes as it is: SQLite's dates. `None` where the driver decodes them.
    pub(crate) fn db_text(&self, index: usize) -> Option<Cow<'r, str>> {
        #[cfg(feature = "sqlite")]
        if let Some(row) = self.cells.try_as_sqlite_row() {
            let text: Option<&str> = get(row, index).ok()?;
            return text.map(Cow::Borrowed);
        }
        let _ = index;
        None
    }
}

impl fmt::Debug for Row<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Row").field(self.cells).finish()
    }
}

enum KeyKind {
    Int,
    Uuid,
    Text,
}

/// Returns the kind of a key. The type of the cell decides: an integer can be read out of anything.
fn key_kind<R>(row: &R, index: usize) -> Result<KeyKind, DbErr>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
{
    let cell = row.try_get_raw(index).map_err(error)?;
    Ok(match cell.type_info().name() {
        "UUID" | "BLOB" | "BINARY" => KeyKind::Uuid,
        "NULL" | "BOOLEAN" => KeyKind::Int,
        name if name.contains("INT") => KeyKind::Int,
        _ => KeyKind::Text,
    })
}

fn is_null<R>(row: &R, index: usize) -> Result<bool, DbErr>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
{
    Ok(row.try_get_raw(index).map_err(error)?.is_null())
}

/// Returns a cell without the driver's check of the declared type, which SQLite does not keep anyway.
fn get<'r, R, T>(row: &'r R, index: usize) -> Cell<T>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    T: Decode<'r, R::Database>,
{
    row.try_get_unchecked::<Option<T>, _>(index).map_err(error)
}

#[allow(clippy::needless_pass_by_value, reason = "the signature of map_err")]
fn error(error: sqlx::Error) -> DbErr {
    DbErr::Type(error.to_string())
}

/// `real` and `double precision` differ in width on the wire.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn float_of<'r, R>(row: &'r R, index: usize) -> Cell<f64>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    f32: Decode<'r, R::Database> + Type<R::Database>,
    f64: Decode<'r, R::Database>,
    i64: Decode<'r, R::Database>,
    Decimal: Decode<'r, R::Database>,
{
    let kind = row.try_get_raw(index).map_err(error)?.type_info().into_owned();
    match kind.name() {
        "NUMERIC" | "DECIMAL" => {
            return get::<R, Decimal>(row, index)?.map(|number| nearest_float(&number)).transpose();
        }
        name if name.contains("INT") && !name.contains("UNSIGNED") => {
            return Ok(get::<R, i64>(row, index)?.map(|number| number as f64));
        }
        _ => {}
    }
    if <f32 as Type<R::Database>>::compatible(&kind) && !kind.name().contains('8') && kind.name() != "DOUBLE"
    {
        return Ok(
            get::<R, f32>(row, index)?.map(|number| number.to_string().parse().unwrap_or(number.into()))
        );
    }
    get(row, index)
}

/// Returns the driver reads unsigned integers as signed ones unless it is asked for unsigned ones.
#[cfg(feature = "mysql")]
fn mysql_int(row: &sqlx::mysql::MySqlRow, index: usize) -> Cell<i64> {
    if !row.try_get_raw(index).map_err(error)?.type_info().name().contains("UNSIGNED") {
        return get(row, index);
    }
    let number: Option<u64> = get(row, index)?;
    let beyond = |_| DbErr::Type("an integer above the largest of 64 bits with a sign".to_owned());
    number.map(i64::try_from).transpose().map_err(beyond)
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
fn nearest_float(number: &Decimal) -> Result<f64, DbErr> {
    number.to_string().parse().map_err(|_| DbErr::Type(format!("{number} is no float")))
}

#[cfg(feature = "postgres")]
fn utc(row: &sqlx::postgres::PgRow, index: usize) -> Cell<DateTime<Utc>> {
    match row.try_get_raw(index).map_err(error)?.type_info().name() {
        "TIMESTAMP" => Ok(get::<_, NaiveDateTime>(row, index)?.map(|time| time.and_utc())),
        _ => get(row, index),
    }
}

/// Django's and our form of a point in time is read at once; the driver tries one form after the other.
#[cfg(feature = "sqlite")]
fn sqlite_datetime(row: &sqlx::sqlite::SqliteRow, index: usize) -> Cell<DateTime<Utc>> {
    let text: Option<&str> = get(row, index).unwrap_or(None);
    // numbers are timestamps
    let text = text.filter(|text| text.as_bytes().get(4) == Some(&b'-'));
    match text.and_then(|text| parse_datetime(text).ok()) {
        Some(Moment::Naive(time)) => Ok(Some(time.and_utc())),
        Some(Moment::Aware(time)) => Ok(Some(time.to_utc())),
        None => get(row, index),
    }
}

#[cfg(feature = "sqlite")]
fn sqlite_decimal(row: &sqlx::sqlite::SqliteRow, index: usize) -> Cell<Decimal> {
    let raw = row.try_get_raw(index).map_err(error)?;
    if raw.is_null() {
        return Ok(None);
    }
    let number = match raw.type_info().name() {
        "INTEGER" => get::<_, i64>(row, index)?.map(Decimal::from),
        "REAL" => get::<_, f64>(row, index)?.and_then(decimal_of_float),
        _ => get::<_, &str>(row, index)?.and_then(|text| text.parse().ok()),
    };
    number.map(Some).ok_or_else(|| DbErr::Type("a decimal column holds something else".to_owned()))
}

/// Fifteen significant digits, as Django reads a `decimal` column of SQLite.
#[cfg(feature = "sqlite")]
fn decimal_of_float(number: f64) -> Option<Decimal> {
    if let Some(decimal) = decimal_of_cents(number) {
        return Some(decimal);
    }
    Decimal::from_scientific(&format!("{number:.14e}")).ok().map(|decimal| decimal.normalize())
}

/// Returns the same for what is a number of hundredths, as most are: the float next to a decimal of so few digits is no other's.
#[cfg(feature = "sqlite")]
fn decimal_of_cents(number: f64) -> Option<Decimal> {
    let cents = (number * 100.0).round();
    let fits = cents.abs() < 1e14 && cents / 100.0 == number;
    fits.then(|| Decimal::new(cents as i64, 2).normalize())
}

fn uuid_of<'r, R>(row: &'r R, index: usize) -> Cell<Uuid>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    &'r [u8]: Decode<'r, R::Database>,
{
    let Some(bytes) = get::<R, &[u8]>(row, index)? else { return Ok(None) };
    let uuid = match bytes.len() {
        16 => Uuid::from_slice(bytes),
        _ => Uuid::try_parse_ascii(bytes),
    };
    uuid.map(Some).map_err(|error| DbErr::Type(error.to_string()))
}

#[cfg(feature = "sqlite")]
fn json_text(row: &sqlx::sqlite::SqliteRow, index: usize) -> Cell<serde_json::Value> {
    let Some(text) = get::<_, &str>(row, index)? else { return Ok(None) };
    serde_json::from_str(text).map(Some).map_err(|error| DbErr::Type(error.to_string()))
}
