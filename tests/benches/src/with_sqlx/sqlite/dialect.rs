use chrono::Utc;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, FromRow, Row as _};

use crate::Result;
use crate::data::CONNECTIONS;

pub(super) type Db = sqlx::Sqlite;
pub(super) type Pool = sqlx::SqlitePool;
pub(super) type Row = sqlx::sqlite::SqliteRow;
pub(super) type UserId = i64;

/// A pattern without regard to case.
pub(super) const LIKE: &str = "name LIKE ";

pub(super) async fn connect(url: &str) -> Result<Pool> {
    let options: SqliteConnectOptions = url.parse()?;
    let pool = SqlitePoolOptions::new().test_before_acquire(false);
    let pool = pool.min_connections(CONNECTIONS).max_connections(CONNECTIONS);
    Ok(pool.connect_with(options.disable_statement_logging()).await?)
}

/// A row as it goes out. What SQLite keeps as text stays text.
#[derive(Debug, Serialize)]
pub(super) struct Book {
    pub(super) id: i64,
    name: String,
    isbn: String,
    #[serde(serialize_with = "cents")]
    price: f64,
    category: String,
    in_stock: bool,
    rating: Option<f64>,
    published: Option<String>,
    #[serde(serialize_with = "timestamp")]
    created: String,
    publisher: i64,
}

impl FromRow<'_, Row> for Book {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            id: row.try_get(0)?,
            name: row.try_get(1)?,
            isbn: row.try_get(2)?,
            price: row.try_get(3)?,
            category: row.try_get(4)?,
            in_stock: row.try_get(5)?,
            rating: row.try_get(6)?,
            published: row.try_get(7)?,
            created: row.try_get(8)?,
            publisher: row.try_get(9)?,
        })
    }
}

fn cents<S: Serializer>(price: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{price:.2}"))
}

/// `2024-01-05 08:00:00.25` as `2024-01-05T08:00:00.25Z`.
fn timestamp<S: Serializer>(stored: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match stored.split_once(' ') {
        Some((date, time)) => serializer.collect_str(&format_args!("{date}T{time}Z")),
        None => serializer.serialize_str(stored),
    }
}

pub(super) fn price(price: Decimal) -> Option<f64> {
    price.to_f64()
}

pub(super) fn now() -> String {
    Utc::now().format("%Y-%m-%d %H:%M:%S%.6f").to_string()
}
