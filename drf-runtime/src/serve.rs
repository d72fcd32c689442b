//! A server that stops gracefully.

use std::future::IntoFuture;
use std::net::SocketAddr;

use futures_util::future::BoxFuture;
use tokio::net::TcpListener;

/// Serves a router until the process is asked to end (Ctrl-C, SIGTERM), and lets running requests finish.
///
/// Peers' addresses are noted for throttles and audit logs. Anything `axum::serve` can do is there for whoever needs more.
///
/// # Errors
/// If the listener fails.
pub async fn serve(listener: TcpListener, router: axum::Router) -> std::io::Result<()> {
    served(listener, router).await
}

/// Boxed, so that the server is compiled here and not in each crate of users.
fn served(listener: TcpListener, router: axum::Router) -> BoxFuture<'static, std::io::Result<()>> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    Box::pin(axum::serve(listener, service).with_graceful_shutdown(ended()).into_future())
}

async fn ended() {
    let interrupt = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
