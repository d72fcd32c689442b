//! Requests to a stack: within the process, or from another one.

mod socket;

pub use socket::{knock, serve};

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::Result;
use crate::stack::Stack;
use crate::workload::{Asked, Workload};

/// Requests that are sent before anything counts: pools are filled, statements compiled.
const WARM_UP: u64 = 20;

/// An answer, read to its end.
#[derive(Debug, PartialEq)]
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Asked {
    /// As a request within the process.
    ///
    /// # Errors
    /// If the path is no URL.
    pub fn request(self) -> Result<Request<Body>> {
        let mut request = Request::builder().method(self.method).uri(self.path).header(HOST, "bench.local");
        if let Some(token) = self.token {
            request = request.header(AUTHORIZATION, format!("Token {token}"));
        }
        if self.json.is_some() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        Ok(request.body(self.json.map_or_else(Body::empty, Body::from))?)
    }
}

/// Sends one request.
///
/// # Errors
/// If the body breaks off.
pub async fn send(router: &Router, request: Request<Body>) -> Result<Answered> {
    let response = router.clone().oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
    let (head, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    Ok(Answered { status: head.status, headers: head.headers, body: String::from_utf8(body.into())? })
}

/// Sends requests within the process. All that could be sent are made before, whatever number of them is sent, so that
/// making them does not count.
///
/// # Errors
/// If one is not answered well.
pub async fn drive(stack: Stack, workload: Workload, url: &str, send_count: u64, made: u64) -> Result<()> {
    let router = stack.router(url).await?;
    let requests = (0..WARM_UP + made).map(|number| workload.ask(number).request());
    let requests = requests.collect::<Result<Vec<_>>>()?;
    let count = usize::try_from(WARM_UP + send_count)?;
    for request in requests.into_iter().take(count) {
        let response =
            router.clone().oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
        check(workload, response.status())?;
        response.into_body().collect().await?;
    }
    Ok(())
}

fn check(workload: Workload, status: StatusCode) -> Result<()> {
    if status.is_success() { Ok(()) } else { Err(format!("{workload} was answered with {status}").into()) }
}
