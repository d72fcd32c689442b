//! Request throttling. DRF's `throttling.py`.

mod builtin;
mod erased;
mod ident;
mod simple;

pub use builtin::{AnonRateThrottle, ScopedRateThrottle, UserRateThrottle};
pub use erased::ThrottleClass;
pub use ident::get_ident;
pub use simple::{SimpleRateThrottle, count_request};

use std::fmt::Debug;
use std::future::Future;

pub use crate::cache::{RateStore, ThrottleStore, Verdict};
use crate::exceptions::Result;
use crate::request::Request;
pub use crate::settings::{Rate, RateError};

/// Decides whether a request comes too soon. DRF's `BaseThrottle`.
///
/// Limits of the kind "so many in a minute" are a [`SimpleRateThrottle`], and most of them are one of the three that
/// exist already. This trait is for anything else:
///
/// ```
/// use std::time::Duration;
///
/// use drf::prelude::*;
/// use drf::throttling::{Throttle, Verdict};
///
/// /// Nothing is exported while the nightly import runs.
/// #[derive(Debug)]
/// struct NotAtNight;
///
/// impl Throttle for NotAtNight {
///     async fn allow_request(&self, request: &Request) -> Result<Verdict> {
///         if request.query_params().contains_key("night") {
///             return Ok(Verdict::Throttled { wait: Some(Duration::from_secs(3600)) });
///         }
///         Ok(Verdict::Allowed)
///     }
/// }
/// ```
///
/// Every throttle of a view is asked, also after another one refused; the longest wait is told.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a throttle",
    label = "not a throttle",
    note = "implement `drf::throttling::SimpleRateThrottle` for it, or `drf::throttling::Throttle` if it is no rate"
)]
pub trait Throttle: Debug + Send + Sync + 'static {
    /// Returns whether the request may go on. An error ends the request.
    fn allow_request(&self, request: &Request) -> impl Future<Output = Result<Verdict>> + Send;

    /// Returns the scope whose rate must be in the setting `default_throttle_rates`; the app is not built without it.
    fn needed_scope(&self) -> Option<&str> {
        None
    }
}
