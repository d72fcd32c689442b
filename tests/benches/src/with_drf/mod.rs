//! The API with drf.

mod books;
mod guarded;
mod shelf;

use axum::Router;
use drf::prelude::*;
use drf::sea_orm::{ConnectOptions, Database};

use crate::Result;
use crate::data::CONNECTIONS;

const PAGES: PageNumberPagination = PageNumberPagination::new().page_size(20);

/// The API on a database.
///
/// # Errors
/// If it cannot be opened.
pub async fn router(url: &str) -> Result<Router> {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).test_before_acquire(false);
    options.min_connections(CONNECTIONS).max_connections(CONNECTIONS);
    let db = Database::connect(options).await?;
    // The one `before_save` there is looks at nothing but whether the row is new.
    let settings = Settings {
        update_in_place: true,
        allowed_hosts: vec!["bench.local".to_owned()],
        ..Settings::default()
    };
    let remembers = App::new(Settings { token_cache_seconds: 3600, ..settings.clone() }, db.clone());
    let cached = SimpleRouter::new().register::<guarded::GuardedBookViewSet>("cached-books");
    let cached = cached.mount("/api", &remembers)?;
    let app = App::new(settings, db);
    let api = SimpleRouter::new()
        .register_as::<books::BookViewSet>("books", "book")
        .register_as::<guarded::GuardedBookViewSet>("guarded-books", "guarded-book")
        .register_as::<shelf::ShelfViewSet>("shelf", "shelf");
    // each has a page for URLs that it does not know
    Ok(cached.reset_fallback().merge(api.mount("/api", &app)?))
}
