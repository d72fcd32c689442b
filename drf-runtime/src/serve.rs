//! A server that stops gracefully.

use std::net::SocketAddr;

use tokio::net::TcpListener;

/// Serves a router until the process is asked to end (Ctrl-C, SIGTERM), and lets running requests finish.
///
/// Peers' addresses are noted for throttles and audit logs. Anything `axum::serve` can do is there for whoever needs more.
///
/// # Errors
/// If the listener fails.
pub async fn serve(listener: TcpListener, router: axum::Router) -> std::io::Result<()> {
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(ended()).await
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
