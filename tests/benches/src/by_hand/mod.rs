//! What both hand-written stacks need and neither axum nor their database library has.

pub mod answer;
pub mod input;
pub mod listing;
pub mod throttle;

use http::HeaderMap;
use http::header::AUTHORIZATION;

use answer::Failure;

/// The key after `Authorization: Token `.
///
/// # Errors
/// 401 without one.
pub fn token(headers: &HeaderMap) -> Result<&str, Failure> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    value
        .and_then(|text| text.strip_prefix("Token "))
        .ok_or(Failure::Unauthorized("Authentication credentials were not provided."))
}
