//! The API with drf.

mod books;
mod guarded;
mod shelf;

use std::path::Path;

use axum::Router;
use drf::prelude::*;
use drf::sea_orm::{ConnectOptions, Database};

use crate::Result;
use crate::data::CONNECTIONS;

const PAGES: PageNumberPagination = PageNumberPagination::new().page_size(20);

/// The API on a database.
///
/// # Errors
/// If the file cannot be opened.
pub async fn router(db: &Path) -> Result<Router> {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", db.display()));
    options.sqlx_logging(false).test_before_acquire(false);
    options.min_connections(CONNECTIONS).max_connections(CONNECTIONS);
    let app = App::new(Settings::default(), Database::connect(options).await?);
    let api = SimpleRouter::new()
        .register_as::<books::BookViewSet>("books", "book")
        .register_as::<guarded::GuardedBookViewSet>("guarded-books", "guarded-book")
        .register_as::<shelf::ShelfViewSet>("shelf", "shelf");
    Ok(api.mount("/api", &app)?)
}
