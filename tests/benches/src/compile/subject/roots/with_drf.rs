#![allow(warnings)]

use drf::prelude::*;

// resources

fn router(app: &App) -> Result<axum::Router, Box<dyn std::error::Error>> {
    let routes = DefaultRouter::new()/* routes */;
    Ok(routes.mount("/api", app)?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = drf::connect("sqlite::memory:").await?;
    let router = router(&App::new(Settings::default(), db))?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8000").await?;
    drf::serve(listener, router).await?;
    Ok(())
}
