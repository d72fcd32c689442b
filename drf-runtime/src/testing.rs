//! Requests to an app inside a test, without a port. DRF's `test.py`.

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::authentication::{Auth, ForcedUser, User};
use crate::routers::TestRequest;

/// A client for tests: it calls the router directly. DRF's `APIClient`.
///
/// ```no_run
/// # async fn example(router: axum::Router) {
/// use drf::testing::APIClient;
///
/// let client = APIClient::new(router);
/// let answer = client.post("/api/publishers/", r#"{"name": "Tiny House"}"#).await;
/// assert_eq!(answer.status, 201);
/// assert_eq!(answer.json()["name"], "Tiny House");
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct APIClient {
    router: axum::Router,
    headers: HeaderMap,
    forced: Option<ForcedUser>,
}

/// The response to a request of the client.
#[derive(Debug, Clone)]
pub struct TestResponse {
    /// The status
    pub status: StatusCode,
    /// The headers
    pub headers: HeaderMap,
    /// The body
    pub body: Bytes,
}

impl APIClient {
    /// Creates a client of an app.
    pub fn new(router: axum::Router) -> Self {
        let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("testserver"))]);
        Self { router, headers, forced: None }
    }

    /// Sends a header with every request. DRF's `client.credentials(HTTP_AUTHORIZATION=...)`.
    ///
    /// # Panics
    /// If the value cannot be a header.
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.insert(name, HeaderValue::from_str(value).expect("a value for a header"));
        self
    }

    /// Puts a user, and perhaps credentials, in place of authentication; permissions and throttles are asked as always. DRF's
    /// `client.force_authenticate(user, token)`.
    pub fn force_authenticate(mut self, user: impl Into<User>, auth: impl Into<Option<Auth>>) -> Self {
        self.forced = Some(ForcedUser(user.into(), auth.into()));
        self
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> TestResponse {
        self.request(Method::GET, path, None::<&str>).await
    }

    /// `POST` with JSON.
    pub async fn post(&self, path: &str, json: impl Into<Bytes>) -> TestResponse {
        self.request(Method::POST, path, Some(json)).await
    }

    /// `PUT` with JSON.
    pub async fn put(&self, path: &str, json: impl Into<Bytes>) -> TestResponse {
        self.request(Method::PUT, path, Some(json)).await
    }

    /// `PATCH` with JSON.
    pub async fn patch(&self, path: &str, json: impl Into<Bytes>) -> TestResponse {
        self.request(Method::PATCH, path, Some(json)).await
    }

    /// `DELETE`.
    pub async fn delete(&self, path: &str) -> TestResponse {
        self.request(Method::DELETE, path, None::<&str>).await
    }

    /// `OPTIONS`.
    pub async fn options(&self, path: &str) -> TestResponse {
        self.request(Method::OPTIONS, path, None::<&str>).await
    }

    /// Any method, with JSON or without a body.
    ///
    /// # Panics
    /// If the path is no URL.
    pub async fn request(&self, method: Method, path: &str, json: Option<impl Into<Bytes>>) -> TestResponse {
        let mut request = Request::builder().method(method).uri(path);
        if json.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = json.map_or_else(Body::empty, |json| Body::from(json.into()));
        self.send(request.body(body).expect("a path that is a URL")).await
    }

    /// Any request.
    ///
    /// # Panics
    /// If the body of the response breaks off.
    pub async fn send(&self, mut request: Request<Body>) -> TestResponse {
        for (name, value) in &self.headers {
            request.headers_mut().entry(name).or_insert(value.clone());
        }
        request.extensions_mut().insert(TestRequest);
        if let Some(forced) = self.forced.clone() {
            request.extensions_mut().insert(forced);
        }
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (head, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .unwrap_or_else(|error| panic!("the body of the response broke off: {error}"))
            .to_bytes();
        TestResponse { status: head.status, headers: head.headers, body }
    }
}

impl TestResponse {
    /// Returns the body as JSON.
    ///
    /// # Panics
    /// If it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// Returns the body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns a header's value as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}
