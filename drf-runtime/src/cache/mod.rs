//! Shared counts with a limited memory: what throttles count requests in.

mod memory;
mod rates;

pub use rates::{RateStore, ThrottleStore};

use std::time::Duration;

/// The decision of a throttle about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It may go on
    Allowed,
    /// 429
    Throttled {
        /// The time until another try makes sense, for `Retry-After`; `None` if it is not known
        wait: Option<Duration>,
    },
}
