//! Errors that become responses. DRF's `exceptions.py`.

mod contention;
mod data;
mod detail;
mod integrity;

pub(crate) use data::DataError;
pub use detail::{Detail, ErrorDetail};
pub use integrity::{ConstraintKind, IntegrityError};

use std::fmt;

use http::{Method, StatusCode};
use indexmap::IndexMap;

/// The result of a view, a hook or a step of the pipeline.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reason why a request fails.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// A response for the client: a status and a body
    Api(APIException),
    /// The database refused or failed. Logged; the client gets a bare 500.
    Database(sea_orm::DbErr),
    /// A statement violates a constraint of the database. Django's `IntegrityError`. Where a validator of the serializer
    /// would have rejected the input, the client gets that validator's 400; every other violation reaches the exception
    /// handler, and drf's own responds 409
    Integrity(IntegrityError),
    /// A row of this model cannot be deleted, because others reference it. Django's `ProtectedError`. drf's exception
    /// handler responds 409
    Protected(String),
    /// Anything else that is not the client's fault. Logged; the client gets a bare 500.
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Creates an error that is not the client's fault, from a text for the log.
    pub fn internal(message: impl Into<String>) -> Self {
        Error::Internal(message.into().into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Api(error) => error.fmt(f),
            Error::Database(error) => error.fmt(f),
            Error::Integrity(error) => error.fmt(f),
            Error::Protected(model) => write!(f, "cannot delete this {model}: other rows reference it"),
            Error::Internal(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<APIException> for Error {
    fn from(error: APIException) -> Self {
        Error::Api(error)
    }
}

impl From<ValidationError> for Error {
    fn from(error: ValidationError) -> Self {
        Error::Api(error.into())
    }
}

impl From<sea_orm::DbErr> for Error {
    /// Returns [`Error::Integrity`] for the violation of a constraint, [`Error::Database`] for any other error.
    fn from(error: sea_orm::DbErr) -> Self {
        IntegrityError::try_from(error).map_or_else(Error::Database, Error::Integrity)
    }
}

/// An error with a status, a body and perhaps headers. DRF's `APIException` and its subclasses.
///
/// ```
/// use drf::exceptions::APIException;
/// use drf::http::StatusCode;
///
/// fn publisher_in_use() -> APIException {
///     APIException::new(StatusCode::CONFLICT, "The publisher still has books.", "publisher_in_use")
/// }
/// assert_eq!(publisher_in_use().status, 409);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct APIException {
    /// The status of the response
    pub status: StatusCode,
    /// The body of the response
    pub detail: Detail,
    /// Seconds until another try makes sense, for `Retry-After`
    pub wait: Option<u64>,
    /// True if the first authenticator's challenge belongs into the response (401), or its absence makes it a 403
    pub(crate) challenge: bool,
}

impl APIException {
    /// Creates an exception with a message and a code.
    pub fn new(status: StatusCode, detail: impl Into<String>, code: &'static str) -> Self {
        Self::from_detail(status, Detail::text(detail, code))
    }

    /// Creates an exception with a body of any shape.
    pub fn from_detail(status: StatusCode, detail: Detail) -> Self {
        Self { status, detail, wait: None, challenge: false }
    }

    /// 400: the body could not be read. DRF's `ParseError`.
    pub fn parse_error(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail, "parse_error")
    }

    /// Creates a 400 for a request that exceeds a limit of the settings, with the code `too_large`.
    pub fn too_large(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail, "too_large")
    }

    /// 401 or 403: the credentials are wrong. DRF's `AuthenticationFailed`.
    pub fn authentication_failed(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, detail, "authentication_failed").challenging()
    }

    /// 401 or 403: there are no credentials. DRF's `NotAuthenticated`.
    pub fn not_authenticated() -> Self {
        let message = "Authentication credentials were not provided.";
        Self::new(StatusCode::UNAUTHORIZED, message, "not_authenticated").challenging()
    }

    /// 403. DRF's `PermissionDenied` with its own message.
    pub fn permission_denied() -> Self {
        Self::forbidden("You do not have permission to perform this action.")
    }

    /// 403 with a message. DRF's `PermissionDenied(detail)`.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail, "permission_denied")
    }

    /// 404. DRF's `NotFound`.
    pub fn not_found() -> Self {
        Self::not_found_with("Not found.")
    }

    /// 404 with a message. DRF's `NotFound(detail)`.
    pub fn not_found_with(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, detail, "not_found")
    }

    /// 405. DRF's `MethodNotAllowed`.
    pub fn method_not_allowed(method: &Method) -> Self {
        let message = format!("Method \"{method}\" not allowed.");
        Self::new(StatusCode::METHOD_NOT_ALLOWED, message, "method_not_allowed")
    }

    /// 406. DRF's `NotAcceptable`.
    pub fn not_acceptable() -> Self {
        let message = "Could not satisfy the request Accept header.";
        Self::new(StatusCode::NOT_ACCEPTABLE, message, "not_acceptable")
    }

    /// 408: the client did not send the body in time.
    pub fn request_timeout() -> Self {
        let message = "The request body was not received in time.";
        Self::new(StatusCode::REQUEST_TIMEOUT, message, "request_timeout")
    }

    /// 413: the body is larger than the setting `max_body_size`. Django's `RequestDataTooBig`, which is a 400 there.
    pub fn request_too_large(limit: usize) -> Self {
        let message = format!("Request body exceeded the limit of {limit} bytes.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, message, "request_too_large")
    }

    /// 415. DRF's `UnsupportedMediaType`.
    pub fn unsupported_media_type(media_type: &str) -> Self {
        let message = format!("Unsupported media type \"{media_type}\" in request.");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message, "unsupported_media_type")
    }

    /// 429. DRF's `Throttled`; `wait` in seconds, if known.
    pub fn throttled(wait: Option<f64>) -> Self {
        Self::throttled_with(wait, "Request was throttled.")
    }

    /// 429 with a message, to which the waiting time is added. DRF's `Throttled(wait, detail)`.
    pub fn throttled_with(wait: Option<f64>, detail: &str) -> Self {
        let seconds = wait.map(|wait| wait.max(0.0).ceil() as u64);
        let message = match seconds {
            None => detail.to_owned(),
            Some(1) => format!("{detail} Expected available in 1 second."),
            Some(n) => format!("{detail} Expected available in {n} seconds."),
        };
        let error = Self::new(StatusCode::TOO_MANY_REQUESTS, message, "throttled");
        Self { wait: seconds, ..error }
    }

    /// 409: the change conflicts with the stored rows.
    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, detail, "conflict")
    }

    /// 503 with `Retry-After`: the database cannot take the request now. `retry_after` in seconds.
    pub fn unavailable(retry_after: u64) -> Self {
        let message = "Service temporarily unavailable, try again later.";
        let error = Self::new(StatusCode::SERVICE_UNAVAILABLE, message, "unavailable");
        Self { wait: Some(retry_after), ..error }
    }

    /// Returns the code, if the detail is a single message.
    pub(crate) fn code(&self) -> Option<&'static str> {
        match &self.detail {
            Detail::Text(error) => Some(error.code),
            _ => None,
        }
    }

    fn challenging(self) -> Self {
        Self { challenge: true, ..self }
    }
}

impl fmt::Display for APIException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.status, self.detail)
    }
}

impl std::error::Error for APIException {}

/// 400: what was sent is not valid. DRF's `ValidationError`.
///
/// ```
/// use drf::exceptions::{Detail, ValidationError};
///
/// ValidationError::new("address format error.");
/// ValidationError::fields([("price", "too high"), ("category", "too expensive")]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ValidationError(pub Detail);

impl ValidationError {
    /// Creates an error with one message and the code `invalid`.
    pub fn new(message: impl Into<String>) -> Self {
        Self::with_code(message, "invalid")
    }

    /// Creates an error with one message and a code.
    pub fn with_code(message: impl Into<String>, code: &'static str) -> Self {
        Self(Detail::List(vec![Detail::text(message, code)]))
    }

    /// Creates an error with several messages.
    pub fn list<T: Into<String>>(messages: impl IntoIterator<Item = T>) -> Self {
        Self(Detail::List(messages.into_iter().map(|message| Detail::text(message, "invalid")).collect()))
    }

    /// Creates a message for each of some fields, raised by a validation of the whole object.
    pub fn fields<K: Into<String>, T: Into<String>>(messages: impl IntoIterator<Item = (K, T)>) -> Self {
        let entry = |(key, message): (K, T)| (key.into(), Self::new(message).0);
        Self(Detail::Dict(messages.into_iter().map(entry).collect()))
    }

    /// Returns the error as that of a field.
    pub(crate) fn of_field(name: &str, error: Self) -> Self {
        Self(Detail::Dict(IndexMap::from([(name.to_owned(), error.0)])))
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for ValidationError {}

impl From<ValidationError> for APIException {
    fn from(error: ValidationError) -> Self {
        APIException::from_detail(StatusCode::BAD_REQUEST, error.0)
    }
}
