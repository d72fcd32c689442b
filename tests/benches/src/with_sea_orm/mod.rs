//! The API by hand: axum and sea-orm.

mod book;
mod guarded;
mod list;
mod shelf;
mod write;

use std::sync::Arc;

use axum::Router;
use axum::extract::{self, State};
use axum::routing::get;
use sea_orm::{ConnectOptions, Database, DatabaseConnection};

use crate::Result;
use crate::by_hand::answer::{DETAIL, Failure, TestResponse, floor};
use crate::by_hand::throttle::Throttle;
use crate::data::CONNECTIONS;
use book::Book;

/// What all requests share.
#[derive(Debug, Clone)]
struct Shared {
    db: DatabaseConnection,
    throttle: Arc<Throttle>,
}

/// The API on a database.
///
/// # Errors
/// If it cannot be opened.
pub async fn router(url: &str) -> Result<Router> {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).test_before_acquire(false);
    options.min_connections(CONNECTIONS).max_connections(CONNECTIONS);
    let shared = Shared { db: Database::connect(options).await?, throttle: Arc::default() };
    Ok(Router::new()
        .route("/api/books/floor/", get(floor))
        .route("/api/books/", get(list::list).post(write::create))
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
    let book = book::by_id(&shared.db, id).await?;
    Ok(TestResponse::ok(DETAIL, book.into()))
}
