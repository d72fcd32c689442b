//! Errors to responses. DRF's `exception_handler`.

use std::borrow::Cow;

use http::{HeaderValue, StatusCode, header};

use crate::exceptions::{APIException, Detail, Error};
use crate::request::Request;
use crate::response::Response;
use crate::value::{Dict, Value};

/// Turns an error into a response; `None` leaves it to the server: a logged, bare 500. DRF's `EXCEPTION_HANDLER`.
pub type ExceptionHandler = fn(&Error, &ExceptionContext<'_>) -> Option<Response>;

/// The place of an error. DRF's `context` of an exception handler.
#[derive(Debug)]
#[non_exhaustive]
pub struct ExceptionContext<'a> {
    /// The request that failed
    pub request: &'a Request,
}

/// DRF's `exception_handler`: an [`APIException`] becomes its status and `{"detail": ...}`, or its list or object.
///
/// [`Error::Protected`] and [`Error::Integrity`] are logged and become 409 (code `conflict`), where DRF leaves them to
/// Django's 500. A handler that wants DRF's 500 returns `None` for them.
///
/// A handler of a project calls it and changes the response:
///
/// ```
/// use drf::exceptions::Error;
/// use drf::views::{ExceptionContext, exception_handler};
/// use drf::{Response, Value};
///
/// fn enveloped(error: &Error, context: &ExceptionContext<'_>) -> Option<Response> {
///     let response = exception_handler(error, context)?;
///     let message = response.data()?;
///     Some(response.with_data(Value::from(vec![Value::from(-1), message])))
/// }
/// ```
pub fn exception_handler(error: &Error, context: &ExceptionContext<'_>) -> Option<Response> {
    let exception = match error {
        Error::Api(exception) => Cow::Borrowed(exception),
        _ => Cow::Owned(conflict(error, context.request)?),
    };
    let mut response = Response::new(exception.status, body(&exception.detail));
    if let Some(wait) = exception.wait.filter(|wait| *wait > 0) {
        response.headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    Some(response)
}

/// Returns the response for a violated constraint, and logs the violation: it is not in the response.
fn conflict(error: &Error, request: &Request) -> Option<APIException> {
    let exception = match error {
        Error::Protected(model) => {
            APIException::conflict(format!("Cannot delete this {model} because other objects reference it."))
        }
        Error::Integrity(_) => APIException::conflict("The change conflicts with existing data."),
        _ => return None,
    };
    tracing::warn!(method = %request.method(), path = request.uri().path(), %error, "constraint violated");
    Some(exception)
}

fn body(detail: &Detail) -> Value {
    match detail {
        Detail::Text(error) => Value::Dict(Dict::from([("detail".to_owned(), error.string.as_str().into())])),
        other => other.to_value(),
    }
}

/// Decides between 401 with the challenge of the first authentication class and 403 where it has none. The only place that does.
pub(super) fn challenge(
    mut exception: APIException,
    header: Option<String>,
) -> (APIException, Option<HeaderValue>) {
    if !exception.challenge {
        return (exception, None);
    }
    let value = header.and_then(|text| HeaderValue::try_from(text).ok());
    if value.is_none() {
        exception.status = StatusCode::FORBIDDEN;
    }
    (exception, value)
}
