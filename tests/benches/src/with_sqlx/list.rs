use axum::extract::{Query, State};
use http::{HeaderMap, Uri};
use sqlx::QueryBuilder;

use super::dialect::{Book, Db, LIKE};
use super::routes::Shared;
use crate::by_hand::answer::{Failure, LIST, TestResponse};
use crate::by_hand::listing::{Listing, PAGE_SIZE, Page, Sort};
use crate::with_sqlx::columns;

pub(super) async fn list(
    State(shared): State<Shared>,
    Query(listing): Query<Listing>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<TestResponse<Page<Book>>, Failure> {
    let mut sql = QueryBuilder::<Db>::new("SELECT COUNT(*) FROM book");
    push_filters(&mut sql, &listing);
    let count: i64 = sql.build_query_scalar().fetch_one(&shared.db).await?;
    let count = count.unsigned_abs();
    let (number, offset) = listing.window(count)?;
    let mut sql = QueryBuilder::<Db>::new(concat!("SELECT ", columns!(), " FROM book"));
    push_filters(&mut sql, &listing);
    push_order(&mut sql, &listing);
    sql.push(format_args!(" LIMIT {PAGE_SIZE} OFFSET ")).push_bind(offset.cast_signed());
    let books = sql.build_query_as().fetch_all(&shared.db).await?;
    Ok(TestResponse::ok(LIST, Page::new(&headers, &uri, number, count, books)))
}

fn push_filters(sql: &mut QueryBuilder<Db>, listing: &Listing) {
    let mut word = [" WHERE "].into_iter().chain(std::iter::repeat(" AND "));
    let mut next = || word.next().unwrap_or_default();
    if let Some(category) = listing.category {
        sql.push(next()).push("category = ").push_bind(category.as_str());
    }
    if let Some(in_stock) = listing.in_stock {
        sql.push(next()).push("in_stock = ").push_bind(in_stock);
    }
    for pattern in listing.patterns() {
        sql.push(next()).push(LIKE).push_bind(pattern).push(r" ESCAPE '\'");
    }
}

fn push_order(sql: &mut QueryBuilder<Db>, listing: &Listing) {
    let mut ordered = false;
    for (column, descends) in listing.order() {
        let column = match column {
            Sort::Id => "id",
            Sort::Name => "name",
            Sort::Price => "price",
        };
        sql.push(if ordered { ", " } else { " ORDER BY " }).push(column);
        sql.push(if descends { " DESC" } else { "" });
        ordered = true;
    }
    if !ordered {
        sql.push(" ORDER BY id");
    }
}
