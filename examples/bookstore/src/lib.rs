//! The reference project of the conformance suite, written with drf.
//!
//! Its folders mirror the API, and each resource is as short as its Django twin in `conformance/reference`.

#![allow(
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "an application, not a library"
)]

mod audit;
mod catalog;
mod entities;
mod lists;
mod plain;
mod settings;

use std::error::Error;

use drf::authtoken::ObtainAuthToken;
use drf::axum::middleware::from_fn_with_state;
use drf::axum::{Extension, Router};
use drf::prelude::*;
use drf::routers::BuildErrors;
use drf::sea_orm::DatabaseConnection;

/// The whole API with its audit log, on a database: the path of a SQLite file, or the URL of a database on SQLite,
/// PostgreSQL or MySQL.
///
/// # Errors
/// If the database cannot be opened, or a viewset is misconfigured.
pub async fn app(database: &str) -> Result<Router, Box<dyn Error + Send + Sync>> {
    let db = match database.contains("://") {
        true => drf::connect(database).await?,
        false => drf::connect(format!("sqlite://{database}?mode=rw")).await?,
    };
    Ok(api(db.clone())?.layer(from_fn_with_state(db, audit::audit)))
}

/// The API on a database.
///
/// # Errors
/// If something is wrong with the viewsets.
pub fn api(db: DatabaseConnection) -> Result<Router, BuildErrors> {
    let app = App::builder(settings::settings()).database(db).classes(settings::classes()).build();
    let urls = Urls::new()
        .include("/api", catalog::router())
        .include("/api/page", lists::pages::router())
        .include("/api/plain", plain::router())
        .include("/api/function", plain::function::router())
        .include("/api/permission", plain::access::permission())
        .include("/api/cache", plain::access::cache())
        .include("", SimpleRouter::new().register_view::<ObtainAuthToken>("api-token-auth", "token"));
    Ok(urls.build(&app)?.layer(Extension(plain::access::Hits::default())))
}
