//! A request body that is parsed while it is received.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use axum::body::{Body, HttpBody};
use bytes::Bytes;
use futures_util::Stream;
use http_body_util::BodyExt;

use crate::exceptions::APIException;
use crate::settings::Settings;
use crate::uploads::{Content, Spool};

/// The limits of a body with files.
#[derive(Debug, Clone)]
pub(crate) struct UploadLimits {
    /// The bytes of all that is not a file
    pub(crate) max_data: usize,
    /// The bytes of all files
    pub(crate) max_upload: usize,
    /// The bytes of the files of a body that stay in memory
    pub(crate) max_memory: usize,
    pub(crate) directory: PathBuf,
}

impl From<&Settings> for UploadLimits {
    fn from(settings: &Settings) -> Self {
        Self {
            max_data: settings.max_body_size,
            max_upload: settings.max_upload_size,
            max_memory: settings.file_upload_max_memory_size,
            directory: settings.file_upload_temp_dir.clone().unwrap_or_else(std::env::temp_dir),
        }
    }
}

impl UploadLimits {
    /// Returns the limits for a body that is in memory already.
    pub(super) fn none() -> Self {
        let max = usize::MAX;
        Self { max_data: max, max_upload: max, max_memory: max, directory: PathBuf::new() }
    }
}

/// A request body that is parsed while it is received.
#[derive(Debug)]
pub struct BodyStream {
    body: Arc<Mutex<Body>>,
    pub(super) limits: UploadLimits,
}

impl BodyStream {
    pub(crate) fn new(body: Body, limits: UploadLimits) -> Self {
        Self { body: Arc::new(Mutex::new(body)), limits }
    }

    /// Returns the chunks of the body, and then some more.
    pub(super) fn chunks(&self, tail: Option<Bytes>) -> Chunks {
        let received = Arc::new(AtomicUsize::new(0));
        Chunks {
            body: self.body.clone(),
            rest: Bytes::new(),
            tail,
            received,
            max: self.limits.max_data,
            pauses: false,
        }
    }

    /// Receives the whole body as a file.
    pub(super) async fn spool(&self) -> Result<Content, APIException> {
        let mut file = FileSink::new(&self.limits, self.limits.max_memory, self.limits.max_upload);
        let mut chunks = self.chunks(None);
        while let Some(chunk) = futures_util::StreamExt::next(&mut chunks).await {
            let chunk = chunk?;
            chunks.received.fetch_sub(chunk.len(), Ordering::Relaxed);
            file.write(&chunk).await?;
        }
        file.finish().await
    }

    /// Receives and discards what is left of the body, up to a size.
    pub(crate) async fn discard(self, max: usize) {
        // Only the parser had another one, and it has ended.
        let Some(body) = Arc::into_inner(self.body) else { return };
        discard(body.into_inner().unwrap_or_else(PoisonError::into_inner), max).await;
    }
}

/// Receives and discards what is left of a body, up to a size.
pub(crate) async fn discard(mut body: Body, max: usize) {
    let mut discarded = 0;
    while let Some(Ok(frame)) = body.frame().await {
        discarded += frame.data_ref().map_or(0, Bytes::len);
        if discarded > max {
            return;
        }
    }
}

/// The most bytes of a chunk.
const CHUNK_SIZE: usize = 64 * 1024;

/// The bytes that a parser may hold back before they become part of a file or field.
const MAX_BUFFERED: usize = 1024 * 1024;

/// The chunks of a body, one for each time that a parser asks.
pub(super) struct Chunks {
    body: Arc<Mutex<Body>>,
    /// The bytes that were received, and are not handed on yet
    rest: Bytes,
    tail: Option<Bytes>,
    /// The bytes that were handed on, and are not part of a file or field yet
    pub(super) received: Arc<AtomicUsize>,
    max: usize,
    pauses: bool,
}

impl Stream for Chunks {
    type Item = Result<Bytes, APIException>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        // multer takes all that is there into its buffer, until it has to wait: so it waits after each chunk.
        if std::mem::take(&mut self.pauses) {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        while self.rest.is_empty() {
            let frame = {
                let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
                ready!(Pin::new(&mut *body).poll_frame(cx))
            };
            match frame {
                None => return Poll::Ready(self.tail.take().map(Ok)),
                Some(Err(error)) => return Poll::Ready(Some(Err(not_received(&error)))),
                // A frame of trailers has no data.
                Some(Ok(frame)) => self.rest = frame.into_data().unwrap_or_else(|_| Bytes::new()),
            }
        }
        self.pauses = true;
        let length = self.rest.len().min(CHUNK_SIZE);
        let chunk = self.rest.split_to(length);
        let received = self.received.fetch_add(length, Ordering::Relaxed) + length;
        // Heads of parts, and what stands around the parts.
        let is_too_much = received > self.max.saturating_add(MAX_BUFFERED);
        Poll::Ready(Some(if is_too_much {
            Err(APIException::request_too_large(self.max))
        } else {
            Ok(chunk)
        }))
    }
}

/// A file that is received, within what is left of the limit for all files.
pub(super) struct FileSink {
    spool: Spool,
    left: usize,
    max: usize,
}

impl FileSink {
    /// Creates a file that is in memory up to so many bytes.
    pub(super) fn new(limits: &UploadLimits, memory: usize, left: usize) -> Self {
        Self { spool: Spool::new(memory, &limits.directory), left, max: limits.max_upload }
    }

    pub(super) async fn write(&mut self, chunk: &[u8]) -> Result<(), APIException> {
        let Some(left) = self.left.checked_sub(chunk.len()) else {
            return Err(APIException::request_too_large(self.max));
        };
        self.left = left;
        self.spool.write(chunk).await.map_err(|error| not_stored(&error))
    }

    pub(super) fn left(&self) -> usize {
        self.left
    }

    pub(super) async fn finish(self) -> Result<Content, APIException> {
        self.spool.finish().await.map_err(|error| not_stored(&error))
    }
}

/// Returns the 503 for a file that cannot be stored: the disk is full, or the directory is missing.
fn not_stored(error: &io::Error) -> APIException {
    tracing::error!(%error, "an uploaded file was not stored");
    APIException::unavailable(30)
}

/// Returns the response for a body that was not received: 408 if the client took too long, else 400.
pub(crate) fn not_received(error: &(dyn Error + 'static)) -> APIException {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.is::<BodyTimeout>() {
            return APIException::request_timeout();
        }
        cause = error.source();
    }
    APIException::parse_error("The request body could not be read.")
}

/// The client did not send the rest of a body in time.
#[derive(Debug)]
pub(crate) struct BodyTimeout;

impl fmt::Display for BodyTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body was not received in time")
    }
}

impl Error for BodyTimeout {}
