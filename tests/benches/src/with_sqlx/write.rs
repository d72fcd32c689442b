use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use sqlx::QueryBuilder;

use super::dialect::{Book, Db, now, price};
use super::routes::{Shared, by_id};
use crate::by_hand::answer::{DETAIL, Failure, LIST, TestResponse};
use crate::by_hand::input::{BookChanges, NewBook};
use crate::with_sqlx::columns;

const INSERT: &str = concat!(
    "INSERT INTO book (name, isbn, price, category, in_stock, rating, published, created, publisher_id) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ",
    columns!()
);

/// One statement: whether the isbn is free and the publisher there, its constraints say.
pub(super) async fn create(
    State(shared): State<Shared>,
    Json(new): Json<NewBook>,
) -> Result<TestResponse<Book>, Failure> {
    new.check()?;
    let data = sqlx::query_as(INSERT)
        .bind(new.name)
        .bind(new.isbn)
        .bind(price(new.price))
        .bind(new.category.as_str())
        .bind(new.in_stock)
        .bind(new.rating)
        .bind(new.published)
        .bind(now())
        .bind(new.publisher)
        .fetch_one(&shared.db)
        .await?;
    Ok(TestResponse { status: StatusCode::CREATED, allow: LIST, data })
}

pub(super) async fn patch(
    State(shared): State<Shared>,
    Path(id): Path<i64>,
    Json(changes): Json<BookChanges>,
) -> Result<TestResponse<Book>, Failure> {
    changes.check()?;
    let mut sql = QueryBuilder::<Db>::new("UPDATE book SET ");
    let mut set = sql.separated(", ");
    let mut any = false;
    macro_rules! set {
        ($($column:literal = $value:expr),* $(,)?) => {$(
            if let Some(value) = $value {
                set.push(concat!($column, " = ")).push_bind_unseparated(value);
                any = true;
            }
        )*};
    }
    set! {
        "name" = changes.name,
        "isbn" = changes.isbn,
        "price" = changes.price.map(price),
        "category" = changes.category.map(|category| category.as_str()),
        "in_stock" = changes.in_stock,
        "rating" = changes.rating,
        "published" = changes.published,
        "publisher_id" = changes.publisher,
    }
    if !any {
        return Ok(TestResponse::ok(DETAIL, by_id(&shared.db, id).await?));
    }
    sql.push(" WHERE id = ").push_bind(id).push(concat!(" RETURNING ", columns!()));
    let book = sql.build_query_as().fetch_optional(&shared.db).await?.ok_or(Failure::NO_BOOK)?;
    Ok(TestResponse::ok(DETAIL, book))
}
