#![allow(warnings)]

mod shared;
// resources

fn router(shared: shared::Shared) -> axum::Router {
    let routes = axum::Router::new()/* routes */;
    let guard = axum::middleware::from_fn_with_state(shared.clone(), shared::guard);
    routes.layer(guard).with_state(shared)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = sea_orm::Database::connect("sqlite::memory:").await?;
    let router = router(shared::Shared::new(db));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8000").await?;
    axum::serve(listener, router).await?;
    Ok(())
}
