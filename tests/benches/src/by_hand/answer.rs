use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::ALLOW;
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

/// The methods of the URLs: DRF sends them with every answer.
pub const LIST: &str = "GET, POST, HEAD, OPTIONS";
pub const DETAIL: &str = "GET, PUT, PATCH, DELETE, HEAD, OPTIONS";
pub const READ: &str = "GET, HEAD, OPTIONS";

/// Data as JSON, with the methods of the URL.
#[derive(Debug)]
pub struct TestResponse<T> {
    pub status: StatusCode,
    pub allow: &'static str,
    pub data: T,
}

impl<T> TestResponse<T> {
    pub fn ok(allow: &'static str, data: T) -> Self {
        Self { status: StatusCode::OK, allow, data }
    }
}

impl<T: Serialize> IntoResponse for TestResponse<T> {
    fn into_response(self) -> Response {
        (self.status, [(ALLOW, HeaderValue::from_static(self.allow))], Json(self.data)).into_response()
    }
}

/// The tiny answer.
#[derive(Debug, Serialize)]
pub struct Floor {
    ok: bool,
}

pub async fn floor() -> TestResponse<Floor> {
    TestResponse::ok(READ, Floor { ok: true })
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    NotFound(&'static str),
    Invalid(Value),
    Unauthorized(&'static str),
    Throttled,
    Internal,
}

impl Failure {
    pub const NO_BOOK: Self = Self::NotFound("No Book matches the given query.");

    pub fn field(name: &str, message: &str) -> Self {
        Self::Invalid(json!({ name: [message] }))
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let detail = |text: &str| json!({ "detail": text });
        let (status, data) = match self {
            Self::NotFound(text) => (StatusCode::NOT_FOUND, detail(text)),
            Self::Invalid(errors) => (StatusCode::BAD_REQUEST, errors),
            Self::Unauthorized(text) => (StatusCode::UNAUTHORIZED, detail(text)),
            Self::Throttled => (StatusCode::TOO_MANY_REQUESTS, detail("Request was throttled.")),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, detail("A server error occurred.")),
        };
        (status, Json(data)).into_response()
    }
}

impl From<sea_orm::DbErr> for Failure {
    fn from(error: sea_orm::DbErr) -> Self {
        use sea_orm::SqlErr;
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => taken(),
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => unknown_publisher(),
            _ => Self::Internal,
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(error) if error.is_unique_violation() => taken(),
            Some(error) if error.is_foreign_key_violation() => unknown_publisher(),
            _ => Self::Internal,
        }
    }
}

fn taken() -> Failure {
    Failure::field("isbn", "book with this isbn already exists.")
}

fn unknown_publisher() -> Failure {
    Failure::field("publisher", "Invalid pk - object does not exist.")
}
