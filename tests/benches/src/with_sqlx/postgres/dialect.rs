use chrono::{DateTime, NaiveDate, SubsecRound, Utc};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, FromRow, Row as _};

use crate::Result;
use crate::data::CONNECTIONS;

pub(super) type Db = sqlx::Postgres;
pub(super) type Pool = sqlx::PgPool;
pub(super) type Row = sqlx::postgres::PgRow;
pub(super) type UserId = i32;

/// A pattern without regard to case.
pub(super) const LIKE: &str = "name ILIKE ";

pub(super) async fn connect(url: &str) -> Result<Pool> {
    let options: PgConnectOptions = url.parse()?;
    let pool = PgPoolOptions::new().test_before_acquire(false);
    let pool = pool.min_connections(CONNECTIONS).max_connections(CONNECTIONS);
    Ok(pool.connect_with(options.disable_statement_logging()).await?)
}

/// A row as it goes out.
#[derive(Debug, Serialize)]
pub(super) struct Book {
    pub(super) id: i64,
    name: String,
    isbn: String,
    #[serde(serialize_with = "cents")]
    price: Decimal,
    category: String,
    in_stock: bool,
    rating: Option<f64>,
    published: Option<NaiveDate>,
    created: DateTime<Utc>,
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

fn cents<S: Serializer>(price: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{price:.2}"))
}

pub(super) fn price(price: Decimal) -> Decimal {
    price
}

pub(super) fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}
