use axum::extract::{Query, State};
use http::{HeaderMap, Uri};
use sea_orm::sea_query::extension::postgres::PgExpr;
use sea_orm::sea_query::{Expr, LikeExpr};
use sea_orm::{ColumnTrait, DbBackend, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, Select};

use super::Shared;
use super::book::{Book, category};
use crate::by_hand::answer::{Failure, LIST, TestResponse};
use crate::by_hand::listing::{Listing, PAGE_SIZE, Page, Sort};
use crate::entities::book::{Column, Entity};

pub(super) async fn list(
    State(shared): State<Shared>,
    Query(listing): Query<Listing>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<TestResponse<Page<Book>>, Failure> {
    let pages = ordered(filtered(&listing, shared.db.get_database_backend()), &listing)
        .paginate(&shared.db, PAGE_SIZE);
    let count = pages.num_items().await?;
    let (number, _) = listing.window(count)?;
    let books = pages.fetch_page(number - 1).await?;
    let books = books.into_iter().map(Book::from).collect();
    Ok(TestResponse::ok(LIST, Page::new(&headers, &uri, number, count, books)))
}

fn filtered(listing: &Listing, backend: DbBackend) -> Select<Entity> {
    let mut books = Entity::find();
    if let Some(wanted) = listing.category {
        books = books.filter(Column::Category.eq(category(wanted)));
    }
    if let Some(in_stock) = listing.in_stock {
        books = books.filter(Column::InStock.eq(in_stock));
    }
    for pattern in listing.patterns() {
        books = books.filter(match backend {
            DbBackend::Postgres => Expr::col(Column::Name).ilike(pattern),
            _ => Column::Name.like(LikeExpr::new(pattern).escape('\\')),
        });
    }
    books
}

fn ordered(mut books: Select<Entity>, listing: &Listing) -> Select<Entity> {
    let mut order = listing.order().peekable();
    if order.peek().is_none() {
        return books.order_by_asc(Column::Id);
    }
    for (column, descends) in order {
        let column = match column {
            Sort::Id => Column::Id,
            Sort::Name => Column::Name,
            Sort::Price => Column::Price,
        };
        books = books.order_by(column, if descends { Order::Desc } else { Order::Asc });
    }
    books
}
