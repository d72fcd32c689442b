use std::collections::HashMap;

use axum::extract::{Query, State};
use http::{HeaderMap, Uri};
use serde::Serialize;
use sqlx::{FromRow, QueryBuilder, Row as _};

use super::dialect::{Book, Db, Pool, Row};
use super::routes::Shared;
use crate::by_hand::answer::{Failure, READ, TestResponse};
use crate::by_hand::listing::{Listing, Page};
use crate::with_sqlx::columns;

/// A book with names of what belongs to it.
#[derive(Debug, Serialize)]
pub(super) struct Shelved {
    #[serde(flatten)]
    book: Book,
    publisher_name: String,
    author_names: Vec<String>,
}

impl FromRow<'_, Row> for Shelved {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        let book = Book::from_row(row)?;
        Ok(Self { book, publisher_name: row.try_get(10)?, author_names: Vec::new() })
    }
}

pub(super) async fn list(
    State(shared): State<Shared>,
    Query(listing): Query<Listing>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<TestResponse<Page<Shelved>>, Failure> {
    let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM book").fetch_one(&shared.db).await?;
    let count = count.unsigned_abs();
    let (number, offset) = listing.window(count)?;
    let sql = concat!(
        "SELECT ",
        columns!(),
        ", publisher.name FROM book JOIN publisher ON publisher.id = book.publisher_id ORDER BY book.id LIMIT 20 OFFSET $1"
    );
    let mut books: Vec<Shelved> =
        sqlx::query_as(sql).bind(offset.cast_signed()).fetch_all(&shared.db).await?;
    add_authors(&shared.db, &mut books).await?;
    Ok(TestResponse::ok(READ, Page::new(&headers, &uri, number, count, books)))
}

async fn add_authors(db: &Pool, books: &mut [Shelved]) -> Result<(), Failure> {
    let places: HashMap<i64, usize> =
        books.iter().enumerate().map(|(place, shelved)| (shelved.book.id, place)).collect();
    let mut sql = QueryBuilder::<Db>::new(
        "SELECT book_author.book_id, author.name FROM book_author JOIN author ON author.id = book_author.author_id \
         WHERE book_author.book_id IN (",
    );
    let mut keys = sql.separated(", ");
    for shelved in books.iter() {
        keys.push_bind(shelved.book.id);
    }
    sql.push(") ORDER BY author.id");
    let names: Vec<(i64, String)> = sql.build_query_as().fetch_all(db).await?;
    for (book, name) in names {
        if let Some(place) = places.get(&book) {
            books[*place].author_names.push(name);
        }
    }
    Ok(())
}
