//! Requests to their views.

use axum::body::Body;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::routing::any_service;
use futures_util::FutureExt;
use http::header::{CONTENT_TYPE, HOST, LOCATION};
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, percent_encode};

use super::host;
use crate::renderers::html_page;
use crate::request::ResolverMatch;
use crate::urls::UrlTable;
use crate::views::dispatch;

/// A request for a view, or the response where there is none. All before is done at once and not in a future, and the
/// request is boxed: what a future holds is moved with it.
type Entered = Result<Box<crate::request::Request>, Box<Response<Body>>>;

impl UrlTable {
    /// Returns a router with one route for each URL that axum can match, and a fallback for all else.
    pub(crate) fn into_axum(self) -> axum::Router {
        let mut router = axum::Router::new();
        let mut taken: Vec<&str> = Vec::new();
        for (index, route) in self.routes().iter().enumerate() {
            let Some(path) = route.pattern.axum.as_deref() else { continue };
            if taken.contains(&path) {
                continue;
            }
            taken.push(path);
            let table = self.clone();
            let service = tower::service_fn(move |request| answer(table.clone().enter_at(index, request)));
            // `route_service` would wrap it once more each time that the router is merged into another
            router = router.route(path, any_service(service));
        }
        let table = self.clone();
        let anything = tower::service_fn(move |request| answer(table.clone().enter_elsewhere(request)));
        router.fallback_service(anything)
    }

    /// Enters the view of a URL that axum has matched.
    fn enter_at(self, index: usize, request: Request<Body>) -> Entered {
        self.check_host(&request)?;
        let (mut head, body) = request.into_parts();
        let pattern = &self.routes()[index].pattern;
        let arguments = if pattern.has_arguments() { arguments(&mut head) } else { Vec::new() };
        match pattern.accepts(&arguments) {
            true => self.enter(index, arguments, None, head, body),
            false => self.find(head, body),
        }
    }

    /// Enters the view of a URL that axum has not matched.
    fn enter_elsewhere(self, request: Request<Body>) -> Entered {
        self.check_host(&request)?;
        let (head, body) = request.into_parts();
        self.find(head, body)
    }

    /// Rejects a host that is not in `allowed_hosts`, whatever the URL is, as Django's `CommonMiddleware` does.
    fn check_host(&self, request: &Request<Body>) -> Result<(), Box<Response<Body>>> {
        let allowed = &self.app().settings().allowed_hosts;
        if host::is_allowed(request.headers(), request.extensions(), allowed) {
            return Ok(());
        }
        tracing::warn!(host = ?request.headers().get(HOST), "the host of the request is not in `allowed_hosts`");
        Err(html_page(StatusCode::BAD_REQUEST, "Bad Request (400)", "").into())
    }

    /// Looks through all URLs: suffixes, patterns beyond axum's, missing slashes.
    fn find(self, head: Parts, body: Body) -> Entered {
        let path = path_of(head.uri.path());
        let slashed = || {
            let missing = self.app().settings().append_slash && !path.ends_with('/');
            missing && self.resolve(&format!("{path}/")).is_some()
        };
        match self.resolve(&path) {
            Some((index, arguments, format)) => self.enter(index, arguments, format, head, body),
            None if slashed() => Err(redirect(&head).into()),
            None => Err(html_page(StatusCode::NOT_FOUND, "Not Found", NOT_FOUND).into()),
        }
    }

    fn enter(
        self,
        route: usize,
        arguments: Vec<String>,
        format: Option<String>,
        mut head: Parts,
        body: Body,
    ) -> Entered {
        read_as_wsgi(&mut head);
        let resolved = ResolverMatch::new(self, route, &head.method, arguments, format);
        Ok(Box::new(crate::request::Request::new(resolved, head, body)))
    }
}

async fn answer(entered: Entered) -> Result<Response<Body>, std::convert::Infallible> {
    match entered {
        Ok(request) => Ok(dispatch(request).await),
        Err(answer) => Ok(*answer),
    }
}

fn arguments(head: &mut Parts) -> Vec<String> {
    // The extractor is a future that never waits.
    match RawPathParams::from_request_parts(head, &()).now_or_never() {
        Some(Ok(params)) => params.iter().map(|(_, value)| value.to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// Returns the decoded path, with one slash at its beginning. What is no UTF-8 stays encoded, as in Django.
fn path_of(path: &str) -> String {
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    let mut decoded = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        decoded.push_str(chunk.valid());
        decoded.extend(percent_encode(chunk.invalid(), NON_ALPHANUMERIC));
    }
    format!("/{}", decoded.trim_start_matches('/'))
}

/// The request as a Django view gets it: the method in upper case, one slash at the beginning of the path.
fn read_as_wsgi(head: &mut Parts) {
    if head.method.as_str().bytes().any(|byte| byte.is_ascii_lowercase()) {
        let method = head.method.as_str().to_ascii_uppercase();
        head.method = method.parse().expect("a method in upper case is one too");
    }
    if let Some(rest) = head.uri.path_and_query().and_then(|path| path.as_str().strip_prefix("//")) {
        let path = format!("/{}", rest.trim_start_matches('/'));
        head.uri = path.parse().expect("a part of a path is one too");
    }
}

/// Django's `APPEND_SLASH`: the same URL with a slash.
fn redirect(head: &Parts) -> Response<Body> {
    let path = head.uri.path().trim_start_matches('/');
    let query = head.uri.query().map_or_else(String::new, |query| format!("?{query}"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.extend(HeaderValue::try_from(format!("/{path}/{query}")).ok().map(|url| (LOCATION, url)));
    response
}

/// Django's sentence for a URL that it does not know.
const NOT_FOUND: &str = "The requested resource was not found on this server.";
