use serde::{Serialize, Serializer};
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row, SqlitePool};

use crate::by_hand::answer::Failure;

/// The columns of a book, in the order in which they are read.
macro_rules! columns {
    () => {
        "book.id, book.name, book.isbn, book.price, book.category, book.in_stock, book.rating, book.published, \
         book.created, book.publisher_id"
    };
}
pub(super) use columns;

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

impl FromRow<'_, SqliteRow> for Book {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
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

pub(super) async fn by_id(db: &SqlitePool, id: i64) -> Result<Book, Failure> {
    let sql = concat!("SELECT ", columns!(), " FROM book WHERE id = ?");
    sqlx::query_as(sql).bind(id).fetch_optional(db).await?.ok_or(Failure::NO_BOOK)
}
