//! The body of a request: received within limits, parsed by its content type.

use std::sync::atomic::Ordering;

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use http::{StatusCode, header};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::Request;
use crate::blocking::PARSING;
use crate::exceptions::APIException;
use crate::media_type::{MAX_MEDIA_TYPE_LENGTH, MediaType};
use crate::parsers::{
    BodyStream, Data, ParseError, ParserClass, ParserContext, StreamingParser, UploadLimits, discard,
    not_received,
};

/// The size in bytes above which a body is parsed on a thread for blocking work, so that the thread that serves requests
/// is not occupied: to parse as much takes less than a millisecond.
const LARGE_BODY: usize = 64 * 1024;

/// The most bytes of a body above the limit that are received and discarded.
const MAX_DISCARDED: usize = 32 * 1024 * 1024;

async fn parse_aside(
    parser: ParserClass,
    body: Bytes,
    context: ParserContext<'_>,
) -> Result<Data, ParseError> {
    let content_type = context.content_type.to_owned();
    let content_disposition = context.content_disposition.map(str::to_owned);
    let filename = context.filename.map(str::to_owned);
    let limits = context.limits;
    let parsed = PARSING.run(move || {
        let mut context = ParserContext::new(&content_type);
        context.content_disposition = content_disposition.as_deref();
        context.filename = filename.as_deref();
        context.limits = limits;
        parser.parse(body, &context)
    });
    parsed.await.unwrap_or_else(|error| match error.try_into_panic() {
        // As a panic of a parser on this thread would.
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(error) => Err(ParseError::new(error)),
    })
}

impl Request {
    pub(super) async fn parse(&self) -> Result<Data, APIException> {
        let body = self.body.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).take();
        if body.is_none() && self.is_reading.load(Ordering::Relaxed) {
            // Such as by a time-out of the handler's own. Without the body, a `PATCH` would change nothing and say that it had.
            let message = "The request body was given up before its end.";
            return Err(APIException::new(StatusCode::INTERNAL_SERVER_ERROR, message, "error"));
        }
        self.is_reading.store(true, Ordering::Relaxed);
        let parsed = self.parse_body(body.unwrap_or_else(Body::empty)).await;
        self.is_reading.store(false, Ordering::Relaxed);
        parsed
    }

    async fn parse_body(&self, body: Body) -> Result<Data, APIException> {
        let content_type = self.header(header::CONTENT_TYPE);
        if body.is_end_stream() {
            return Ok(Data::empty(content_type.unwrap_or("")));
        }
        let wanted = content_type.unwrap_or("text/plain");
        let parser = self.parser(wanted);
        let mut context = ParserContext::new(wanted);
        context.content_disposition = self.header(header::CONTENT_DISPOSITION);
        context.filename = self.kwarg("filename");
        context.limits = self.settings().parser_limits();
        if let Some(streaming) = parser.and_then(|parser| parser.as_streaming()) {
            return self.parse_stream(streaming, body, &context).await;
        }
        let body = self.read_body(body).await?;
        if body.is_empty() {
            return Ok(Data::empty(content_type.unwrap_or("")));
        }
        let parser = parser.ok_or_else(|| APIException::unsupported_media_type(wanted))?;
        let parsed = match body.len() > LARGE_BODY {
            true => parse_aside(parser.clone(), body, context).await,
            false => parser.parse(body, &context),
        };
        parsed.map_err(Into::into)
    }

    /// Parses a body with files while it is received.
    async fn parse_stream(
        &self,
        parser: &dyn StreamingParser,
        body: Body,
        context: &ParserContext<'_>,
    ) -> Result<Data, APIException> {
        let limits = UploadLimits::from(self.settings());
        let most = limits.max_data.saturating_add(limits.max_upload);
        if usize::try_from(body.size_hint().lower()).is_ok_and(|length| length > most) {
            return Err(self.too_large(body, most).await);
        }
        let body = BodyStream::new(body, limits);
        let parsed = parser.parse_stream(&body, context).await;
        if parsed.is_err() {
            body.discard(MAX_DISCARDED).await;
        }
        parsed
    }

    /// Returns the first parser that takes a media type. Most clients write it as the parser does.
    fn parser(&self, wanted: &str) -> Option<&ParserClass> {
        let parsers = || self.resolver_match.parsing_action().parsers.iter();
        let fits = |parser: &&ParserClass| match parser.media_type() {
            same if same == wanted => true,
            other => MediaType::parse(other).matches(&MediaType::parse(wanted)),
        };
        if wanted.len() <= MAX_MEDIA_TYPE_LENGTH { parsers().find(fits) } else { None }
    }

    async fn read_body(&self, mut body: Body) -> Result<Bytes, APIException> {
        let limit = self.settings().max_body_size;
        if usize::try_from(body.size_hint().lower()).is_ok_and(|length| length > limit) {
            return Err(self.too_large(body, limit).await);
        }
        match Limited::new(&mut body, limit).collect().await {
            Ok(collected) => Ok(collected.to_bytes()),
            Err(error) if error.is::<LengthLimitError>() => Err(self.too_large(body, limit).await),
            Err(error) => Err(not_received(error.as_ref())),
        }
    }

    /// Returns the error for a body above the limit. A client that waits for `100 Continue` gets it at once, and others after
    /// they have sent a good part of the body: many read no response before they have sent it all.
    async fn too_large(&self, body: Body, limit: usize) -> APIException {
        if !self.headers().contains_key(header::EXPECT) {
            discard(body, MAX_DISCARDED).await;
        }
        APIException::request_too_large(limit)
    }
}
