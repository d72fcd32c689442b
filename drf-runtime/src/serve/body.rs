use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep};

use crate::parsers::BodyTimeout;

/// The bytes that earn a body one more second.
const BYTES_PER_SECOND: u64 = 500;

/// A request body that fails with [`BodyTimeout`] if its client stops sending, or sends a few bytes at a time.
pub(super) struct TimedBody {
    body: Incoming,
    timeout: Duration,
    started: Instant,
    received: u64,
    sleep: Pin<Box<Sleep>>,
}

impl TimedBody {
    pub(super) fn new(body: Incoming, timeout: Duration) -> Self {
        let started = Instant::now();
        Self {
            body,
            timeout,
            started,
            received: 0,
            sleep: Box::pin(tokio::time::sleep_until(started + timeout)),
        }
    }

    /// Returns the time until which the next part has to be here.
    fn deadline(&self) -> Instant {
        let earned = Duration::from_secs(self.received / BYTES_PER_SECOND);
        (Instant::now() + self.timeout).min(self.started + self.timeout + earned)
    }
}

impl Body for TimedBody {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) else {
            ready!(self.sleep.as_mut().poll(cx));
            return Poll::Ready(Some(Err(BodyTimeout.into())));
        };
        if let Some(Ok(frame)) = &frame {
            let length = frame.data_ref().map_or(0, Bytes::len);
            self.received += u64::try_from(length).unwrap_or(u64::MAX);
            let deadline = self.deadline();
            self.sleep.as_mut().reset(deadline);
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
