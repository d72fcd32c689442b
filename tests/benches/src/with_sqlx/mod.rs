//! The API by hand: axum and sqlx, each row straight to a serde struct.

mod book;
mod guarded;
mod list;
mod shelf;
mod write;

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::{self, State};
use axum::routing::{get, post};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{ConnectOptions, SqlitePool};

use crate::Result;
use crate::by_hand::answer::{Answer, DETAIL, Failure, floor};
use crate::by_hand::throttle::Throttle;
use crate::data::CONNECTIONS;
use book::Book;

/// What all requests share.
#[derive(Debug, Clone)]
struct Shared {
    db: SqlitePool,
    throttle: Arc<Throttle>,
}

/// The API on a database.
///
/// # Errors
/// If the file cannot be opened.
pub async fn router(db: &Path) -> Result<Router> {
    let options = SqliteConnectOptions::new().filename(db).disable_statement_logging();
    let pool = SqlitePoolOptions::new().test_before_acquire(false);
    let pool = pool.min_connections(CONNECTIONS).max_connections(CONNECTIONS);
    let shared = Shared { db: pool.connect_with(options).await?, throttle: Arc::default() };
    Ok(Router::new()
        .route("/api/books/floor/", get(floor))
        .route("/api/books/", post(write::create).get(list::list))
        .route("/api/books/{id}/", get(retrieve).patch(write::patch))
        .route("/api/guarded-books/{id}/", get(guarded::retrieve))
        .route("/api/shelf/", get(shelf::list))
        .with_state(shared))
}

async fn retrieve(
    State(shared): State<Shared>,
    extract::Path(id): extract::Path<i64>,
) -> Result<Answer<Book>, Failure> {
    let book = book::by_id(&shared.db, id).await?;
    Ok(Answer::ok(DETAIL, book))
}
