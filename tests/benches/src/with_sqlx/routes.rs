use std::sync::Arc;

use axum::Router;
use axum::extract::{self, State};
use axum::routing::{get, post};

use super::dialect::{Book, Pool, connect};
use super::{guarded, list, shelf, write};
use crate::Result;
use crate::by_hand::answer::{DETAIL, Failure, TestResponse, floor};
use crate::by_hand::throttle::Throttle;
use crate::with_sqlx::columns;

/// What all requests share.
#[derive(Debug, Clone)]
pub(super) struct Shared {
    pub(super) db: Pool,
    pub(super) throttle: Arc<Throttle>,
}

pub(in crate::with_sqlx) async fn router(url: &str) -> Result<Router> {
    let shared = Shared { db: connect(url).await?, throttle: Arc::default() };
    Ok(Router::new()
        .route("/api/books/floor/", get(floor))
        .route("/api/books/", post(write::create).get(list::list))
        .route("/api/books/{id}/", get(retrieve).patch(write::patch))
        .route("/api/guarded-books/{id}/", get(guarded::retrieve))
        .route("/api/cached-books/{id}/", get(guarded::retrieve))
        .route("/api/shelf/", get(shelf::list))
        .with_state(shared))
}

async fn retrieve(
    State(shared): State<Shared>,
    extract::Path(id): extract::Path<i64>,
) -> Result<TestResponse<Book>, Failure> {
    Ok(TestResponse::ok(DETAIL, by_id(&shared.db, id).await?))
}

pub(super) async fn by_id(db: &Pool, id: i64) -> Result<Book, Failure> {
    let sql = concat!("SELECT ", columns!(), " FROM book WHERE id = $1");
    sqlx::query_as(sql).bind(id).fetch_optional(db).await?.ok_or(Failure::NO_BOOK)
}
