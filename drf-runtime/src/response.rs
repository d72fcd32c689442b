//! The response of a view. DRF's `Response`.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::exceptions::{Error, Result};
use crate::value::Value;

/// A status, headers and data that is not rendered yet.
///
/// ```
/// use drf::{Response, http::StatusCode};
///
/// let response = Response::new(StatusCode::ACCEPTED, vec!["a", "b"]);
/// assert_eq!(response.status, 202);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The status
    pub status: StatusCode,
    /// The headers beside those that the pipeline adds (`Content-Type`, `Allow`, `Vary`)
    pub headers: HeaderMap,
    pub(crate) content: Content,
}

/// The data that a renderer turns into a body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content {
    /// Nothing: no body and no content type
    Empty,
    /// Compact JSON, made straight from rows
    Json(Vec<u8>),
    /// A value made by a view
    Value(Value),
}

impl Response {
    /// Creates a response with a status and data.
    pub fn new(status: StatusCode, data: impl Into<Value>) -> Self {
        Self::with_content(status, Content::Value(data.into()))
    }

    /// 200 with data.
    pub fn ok(data: impl Into<Value>) -> Self {
        Self::new(StatusCode::OK, data)
    }

    /// Creates a response without a body.
    pub fn empty(status: StatusCode) -> Self {
        Self::with_content(status, Content::Empty)
    }

    /// 204: done, and there is nothing to show.
    pub fn no_content() -> Self {
        Self::empty(StatusCode::NO_CONTENT)
    }

    /// Creates a response whose body is JSON text already; it must be valid and compact.
    pub fn json(status: StatusCode, text: Vec<u8>) -> Self {
        Self::with_content(status, Content::Json(text))
    }

    /// Creates a response with data of a type that implements serde's `Serialize`: DRF's `Response(data, status=status)` for what is no
    /// row. Dates, decimals and the like look as serde writes them; a serializer's `data` is what looks as fields do.
    ///
    /// ```
    /// use drf::prelude::*;
    /// use drf::http::StatusCode;
    ///
    /// #[derive(serde::Serialize)]
    /// struct Health {
    ///     ok: bool,
    ///     load: f64,
    /// }
    ///
    /// #[api_view(GET)]
    /// #[permission(AllowAny)]
    /// async fn health(_request: &Request) -> Result<Response> {
    ///     Response::serialize(StatusCode::OK, &Health { ok: true, load: 0.5 })
    /// }
    /// ```
    ///
    /// # Errors
    /// If serde cannot make JSON of it, such as of a map whose keys are no text. That is a bug, and a 500.
    pub fn serialize(status: StatusCode, data: &impl Serialize) -> Result<Self> {
        match crate::value::json::serialized(data) {
            Ok(text) => Ok(Self::json(status, text)),
            Err(error) => Err(Error::internal(format!("data that is no JSON: {error}"))),
        }
    }

    fn with_content(status: StatusCode, content: Content) -> Self {
        Self { status, headers: HeaderMap::new(), content }
    }

    /// Returns the data as a value; JSON text is parsed for it. `None` if there is no body.
    pub fn data(&self) -> Option<Value> {
        match &self.content {
            Content::Empty => None,
            Content::Json(text) => crate::value::json::parse_json(text).ok(),
            Content::Value(value) => Some(value.clone()),
        }
    }

    /// Returns the same response with other data.
    pub fn with_data(self, data: impl Into<Value>) -> Self {
        Self { content: Content::Value(data.into()), ..self }
    }

    /// Returns the same response with another status.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// Returns the same response with one more header.
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }
}
