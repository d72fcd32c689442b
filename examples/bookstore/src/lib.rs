//! The reference project of the conformance suite, written with drf.
//!
//! Its folders mirror the API, and each resource is as short as its Django twin in `conformance/reference`.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "an application, not a library"
)]

mod catalog;
mod entities;
mod lists;
mod settings;

use std::error::Error;
use std::path::Path;

use drf::axum::Router;
use drf::prelude::*;

/// The whole API on a SQLite file.
///
/// # Errors
/// If the file cannot be opened, or something is wrong with the viewsets.
pub async fn app(db: &Path) -> Result<Router, Box<dyn Error + Send + Sync>> {
    let app =
        App::new(settings::settings(), drf::connect(format!("sqlite://{}?mode=rw", db.display())).await?);
    Ok(Urls::new()
        .include("/api", catalog::router())
        .include("/api/page", lists::pages::router())
        .build(&app)?)
}
