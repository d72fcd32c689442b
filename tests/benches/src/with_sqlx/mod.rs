//! The API by hand: axum and sqlx.
//!
//! sqlx has a type of its own for everything of each database, so that the handlers are compiled for each; what differs
//! by more than names is in `dialect`.

#![allow(clippy::duplicate_mod, reason = "the same handlers for each database")]

use axum::Router;

use crate::Result;
use crate::data::Engine;

mod sqlite {
    mod dialect;
    #[path = "../guarded.rs"]
    mod guarded;
    #[path = "../list.rs"]
    mod list;
    #[path = "../routes.rs"]
    pub(super) mod routes;
    #[path = "../shelf.rs"]
    mod shelf;
    #[path = "../write.rs"]
    mod write;
}

mod postgres {
    mod dialect;
    #[path = "../guarded.rs"]
    mod guarded;
    #[path = "../list.rs"]
    mod list;
    #[path = "../routes.rs"]
    pub(super) mod routes;
    #[path = "../shelf.rs"]
    mod shelf;
    #[path = "../write.rs"]
    mod write;
}

/// The columns of a book, in the order in which they are read.
macro_rules! columns {
    () => {
        "book.id, book.name, book.isbn, book.price, book.category, book.in_stock, book.rating, book.published, \
         book.created, book.publisher_id"
    };
}
use columns;

/// The API on a database.
///
/// # Errors
/// If it cannot be opened.
pub async fn router(url: &str) -> Result<Router> {
    match Engine::of(url) {
        Engine::Sqlite => sqlite::routes::router(url).await,
        Engine::Postgres => postgres::routes::router(url).await,
    }
}
