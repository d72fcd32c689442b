//! An HTTP/1.1 server with time-outs, a limit of connections and a graceful shutdown.

mod body;
mod connection;

use std::future::{Future, IntoFuture};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;

/// Serves a router until the process is asked to end (Ctrl-C, SIGTERM), and lets running requests finish.
///
/// The [`Server`] that it returns is awaited, perhaps after other options are set:
///
/// ```no_run
/// # async fn example(listener: tokio::net::TcpListener, app: axum::Router) -> std::io::Result<()> {
/// use std::time::Duration;
///
/// drf::serve(listener, app).max_connections(1_000).grace(Duration::from_secs(10)).await
/// # }
/// ```
pub fn serve(listener: TcpListener, router: axum::Router) -> Server {
    let options = Options { head_timeout: Duration::from_secs(30), body_timeout: Duration::from_secs(30) };
    Server {
        listener,
        router,
        options,
        max_connections: 10_000,
        grace: Duration::from_secs(30),
        signal: Box::pin(ended()),
    }
}

/// A server that runs when it is awaited. [`serve`] makes one.
///
/// | option | default | |
/// |---|---|---|
/// | `head_timeout` | 30 s | the longest wait for the head of a request, also on a connection that is idle; then it is closed |
/// | `body_timeout` | 30 s | the longest wait for the next part of a body; then the response is a 408 |
/// | `max_connections` | 10,000 | the most connections at a time; more wait in the queue of the operating system |
/// | `grace` | 30 s | for how long requests may finish after the process is asked to end |
///
/// It rejects requests with several `Host` headers, or HTTP/1.1 without one. The host of an absolute target replaces the
/// header. The address of the peer is in the extensions of the request, and a panic in a layer around the API is a logged
/// 500. `axum::serve` serves the same router without all this.
#[must_use = "a server does nothing unless it is awaited"]
pub struct Server {
    listener: TcpListener,
    router: axum::Router,
    options: Options,
    max_connections: usize,
    grace: Duration,
    signal: BoxFuture<'static, ()>,
}

/// The options that each connection needs.
#[derive(Debug, Clone, Copy)]
struct Options {
    head_timeout: Duration,
    body_timeout: Duration,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server")
            .field("listener", &self.listener)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Server {
    /// Sets the longest wait for the head of a request, on a new connection or on one that is idle.
    pub fn head_timeout(mut self, head_timeout: Duration) -> Self {
        self.options.head_timeout = head_timeout;
        self
    }

    /// Sets the longest wait for the next part of a body. A body that comes in small parts has this time in all, and a
    /// second more for each 500 bytes.
    pub fn body_timeout(mut self, body_timeout: Duration) -> Self {
        self.options.body_timeout = body_timeout;
        self
    }

    /// Sets the most connections at a time.
    pub fn max_connections(self, max_connections: usize) -> Self {
        Self { max_connections: max_connections.clamp(1, Semaphore::MAX_PERMITS), ..self }
    }

    /// Sets for how long requests may finish after the process is asked to end.
    pub fn grace(self, grace: Duration) -> Self {
        Self { grace, ..self }
    }

    /// Ends the server when a future completes, in place of Ctrl-C and SIGTERM.
    pub fn with_graceful_shutdown(self, signal: impl Future<Output = ()> + Send + 'static) -> Self {
        Self { signal: Box::pin(signal), ..self }
    }

    async fn run(self) -> io::Result<()> {
        let Self { listener, router, options, max_connections, grace, mut signal } = self;
        let (shutdown, ends) = watch::channel(false);
        let free = Arc::new(Semaphore::new(max_connections));
        let mut connections = JoinSet::new();
        loop {
            let accepted = tokio::select! {
                accepted = accept(&listener, &free) => accepted,
                () = &mut signal => break,
            };
            let (stream, place) = accepted;
            let (router, ends) = (router.clone(), ends.clone());
            connections.spawn(async move {
                connection::run(stream, router, options, ends).await;
                drop(place);
            });
            // Those that have ended.
            while connections.try_join_next().is_some() {}
        }
        // From here on, connections are refused.
        drop(listener);
        shutdown.send_replace(true);
        let all = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(grace, all).await.is_err() {
            tracing::warn!(
                connections = connections.len(),
                "requests were cut off at the end of the grace period"
            );
        }
        Ok(())
    }
}

impl IntoFuture for Server {
    type Output = io::Result<()>;
    type IntoFuture = BoxFuture<'static, io::Result<()>>;

    /// Boxed, so that the server is compiled here and not in each crate of users.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// Waits for a place, then for a connection.
async fn accept(listener: &TcpListener, free: &Arc<Semaphore>) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed.
    let place = free.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            // The client has gone already.
            Err(error) if is_of_client(&error) => {}
            // Such as too many open files: others will be closed.
            Err(error) => {
                tracing::error!(%error, "a connection was not accepted");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_of_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}

async fn ended() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "Ctrl-C is not heard");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(error) => {
                tracing::error!(%error, "SIGTERM is not heard");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
