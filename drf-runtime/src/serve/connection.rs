use std::convert::Infallible;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::pin;

use axum::body::{Body, HttpBody};
use axum::extract::ConnectInfo;
use futures_util::FutureExt;
use http::header::HOST;
use http::{HeaderValue, Request, Response, StatusCode, Version};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tower::ServiceExt;

use super::Options;
use super::body::TimedBody;
use crate::renderers::html_page;

/// Serves the requests of a connection until either side closes it, or until the current one at shutdown.
pub(super) async fn run(
    stream: TcpStream,
    router: axum::Router,
    options: Options,
    mut ends: watch::Receiver<bool>,
) {
    let Ok(peer) = stream.peer_addr() else { return };
    // Responses are written at once, so there is nothing to gain by waiting for more.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was not set");
    }
    let service = hyper::service::service_fn(move |request| respond(router.clone(), peer, options, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(options.head_timeout)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    // Without the guard of the value, which is not `Send`.
    let ended = async { drop(ends.wait_for(|ends| *ends).await) };
    let result = tokio::select! {
        result = connection.as_mut() => result,
        () = ended => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, %peer, "a connection ended early");
    }
}

async fn respond(
    router: axum::Router,
    peer: SocketAddr,
    options: Options,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let (mut head, body) = request.into_parts();
    // As every request of HTTP/1.1 has one host, so have its links.
    let hosts = head.headers.get_all(HOST).iter().count();
    if hosts > 1 || (hosts == 0 && head.version == Version::HTTP_11) {
        return Ok(html_page(StatusCode::BAD_REQUEST, "Bad Request (400)", ""));
    }
    if let Some(host) = head.uri.authority() {
        match HeaderValue::try_from(host.as_str()) {
            Ok(host) => drop(head.headers.insert(HOST, host)),
            Err(_) => return Ok(html_page(StatusCode::BAD_REQUEST, "Bad Request (400)", "")),
        }
    }
    head.extensions.insert(ConnectInfo(peer));
    let body = match body.is_end_stream() {
        true => Body::empty(),
        false => Body::new(TimedBody::new(body, options.body_timeout)),
    };
    let (method, uri) = (head.method.clone(), head.uri.clone());
    match AssertUnwindSafe(router.oneshot(Request::from_parts(head, body))).catch_unwind().await {
        Ok(Ok(response)) => Ok(response),
        Ok(Err(never)) => match never {},
        Err(_) => {
            tracing::error!(%method, path = uri.path(), "a layer around the API panicked");
            Ok(html_page(StatusCode::INTERNAL_SERVER_ERROR, "Server Error (500)", ""))
        }
    }
}
