//! Parsers turn the bytes of a request body into data.
//!
//! One is chosen by the request's `Content-Type`. An empty body is never parsed: its data is [`Data::empty`].

mod charset;
mod file_name;
mod form;
mod json;
mod multipart;
mod query_dict;
mod stream;
mod upload;

use std::fmt;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::StatusCode;

use crate::exceptions::{APIException, Detail};
use crate::media_type::MediaType;
pub use crate::value::json::{Limits, ParseError};
use crate::value::{Dict, Value};

use charset::Charset;
pub use form::FormParser;
pub use json::JSONParser;
pub use multipart::MultiPartParser;
pub use query_dict::QueryDict;
#[doc(hidden)]
pub use stream::BodyStream;
pub(crate) use stream::{BodyTimeout, UploadLimits, discard, not_received};
pub use upload::FileUploadParser;

/// Reads bodies of one media type.
///
/// The body is already in memory and within the allowed size. Anything wrong with it is a [`ParseError`], which the
/// client gets as 400.
///
/// ```
/// use bytes::Bytes;
/// use drf::parsers::{Data, ParseError, Parser, ParserContext};
///
/// #[derive(Debug)]
/// struct PlainTextParser;
///
/// impl Parser for PlainTextParser {
///     fn media_type(&self) -> &str {
///         "text/plain"
///     }
///
///     fn parse(&self, body: Bytes, _: &ParserContext<'_>) -> Result<Data, ParseError> {
///         let text = str::from_utf8(&body).map_err(ParseError::new)?;
///         Ok(Data::Json(text.into()))
///     }
/// }
///
/// let context = ParserContext::new("text/plain");
/// assert_eq!(PlainTextParser.parse("hello".into(), &context), Ok(Data::Json("hello".into())));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a parser",
    label = "not a parser",
    note = "implement `drf::parsers::Parser` for it"
)]
pub trait Parser: fmt::Debug + Send + Sync + 'static {
    /// Returns the media type that is read, or a range such as `*/*`.
    fn media_type(&self) -> &str;

    /// Reads a body that is not empty.
    fn parse(&self, body: Bytes, context: &ParserContext<'_>) -> Result<Data, ParseError>;

    /// Returns a parser of the body while it is received, for bodies with files. `None` if it must be in memory.
    #[doc(hidden)]
    fn as_streaming(&self) -> Option<&dyn StreamingParser> {
        None
    }
}

/// Reads bodies while they are received.
#[doc(hidden)]
pub trait StreamingParser: Send + Sync {
    /// Reads a body.
    fn parse_stream<'a>(
        &'a self,
        body: &'a BodyStream,
        context: &'a ParserContext<'_>,
    ) -> BoxFuture<'a, Result<Data, APIException>>;
}

/// The request as far as a parser reads it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ParserContext<'r> {
    /// The `Content-Type` header with all its parameters
    pub content_type: &'r str,
    /// The `Content-Disposition` header
    pub content_disposition: Option<&'r str>,
    /// The part of the URL named `filename`
    pub filename: Option<&'r str>,
    /// The limits of the body
    pub limits: Limits,
}

impl<'r> ParserContext<'r> {
    /// Returns the context of a request without a file name, with the default limits.
    pub fn new(content_type: &'r str) -> Self {
        Self { content_type, content_disposition: None, filename: None, limits: Limits::default() }
    }

    /// Returns the charset that `Content-Type` names; UTF-8 if it names none or an unknown one, as in Django.
    ///
    /// # Errors
    /// A charset that is known, but is none of text.
    fn charset(&self) -> Result<Charset, ParseError> {
        if !self.content_type.contains(';') {
            return Ok(Charset::Utf8);
        }
        MediaType::parse(self.content_type).param("charset").map_or(Ok(Charset::Utf8), Charset::named)
    }
}

/// The data of a request. DRF's `request.data`.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// A value of any shape, as JSON has them
    Json(Value),
    /// The fields of an HTML form, then its files
    Form(QueryDict),
}

impl Data {
    /// Returns the data of an empty body: an empty form for the media types of forms, else an empty object.
    pub fn empty(content_type: &str) -> Self {
        if MediaType::parse(content_type).is_form() {
            Self::default()
        } else {
            Self::Json(Value::Dict(Dict::new()))
        }
    }

    /// Returns the value of a key; of a form the last one.
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Json(value) => value.get(key),
            Self::Form(form) => form.get(key),
        }
    }
}

impl Default for Data {
    fn default() -> Self {
        Self::Form(QueryDict::default())
    }
}

impl APIException {
    /// Returns the exception as the error of a parser.
    fn into_parse_error(self) -> ParseError {
        let message = match &self.detail {
            Detail::Text(error) => error.string.clone(),
            other => other.to_string(),
        };
        match self.code() {
            Some("too_large") => ParseError::too_large(message),
            _ => ParseError::new(message),
        }
    }
}

impl From<ParseError> for APIException {
    fn from(error: ParseError) -> Self {
        APIException::new(StatusCode::BAD_REQUEST, error.to_string(), error.code())
    }
}

/// Data that a view makes up itself: `Data::from([("name", name)])`.
impl<K: Into<String>, T: Into<Value>, const N: usize> From<[(K, T); N]> for Data {
    fn from(entries: [(K, T); N]) -> Self {
        Data::Json(Value::from(entries))
    }
}

crate::class::class! {
    /// A parser without its type: `parsers(..)` and `default_parser_classes`.
    ParserClass, Parser
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_body_is_an_empty_form_or_object() {
        assert_eq!(Data::empty("multipart/form-data; boundary=x"), Data::Form(QueryDict::default()));
        assert_eq!(Data::empty("Application/X-WWW-Form-Urlencoded"), Data::Form(QueryDict::default()));
        assert_eq!(Data::empty("text/weird"), Data::Json(Value::Dict(Dict::new())));
        assert_eq!(Data::empty(""), Data::Json(Value::Dict(Dict::new())));
    }

    #[test]
    fn get_reads_objects_and_forms() {
        let object = Data::Json(Value::Dict(Dict::from([("a".to_owned(), Value::Int(1))])));
        let form = Data::Form(QueryDict::from_iter([("a", "1"), ("a", "2")]));
        assert_eq!(object.get("a"), Some(&Value::Int(1)));
        assert_eq!(form.get("a"), Some(&Value::from("2")));
        assert_eq!(form.get("b"), None);
        assert_eq!(Data::Json(Value::Int(1)).get("a"), None);
    }

    #[test]
    fn charset_comes_from_the_content_type() {
        let charset = |content_type| ParserContext::new(content_type).charset();
        assert_eq!(charset("application/json"), Ok(Charset::Utf8));
        assert_eq!(charset("application/json; charset=ISO-8859-1"), Ok(Charset::Latin1));
        assert_eq!(charset("application/json; charset=bogus"), Ok(Charset::Utf8));
        assert!(charset("application/json; charset=bz2_codec").is_err());
    }
}
