use std::fmt::Debug;
use std::sync::Arc;

use stackfuture::StackFuture;

use super::builtin::LiteralRate;
use super::{AnonRateThrottle, Rate, RateError, ScopedRateThrottle, Throttle, UserRateThrottle, Verdict};
use crate::exceptions::Result;
use crate::request::Request;

/// Small futures stand in place, others in a box.
type Allowed<'a> = StackFuture<'a, Result<Verdict>, 128>;

pub(crate) trait AnyThrottle: Debug + Send + Sync {
    fn allow_request<'a>(&'a self, request: &'a Request) -> Allowed<'a>;
    fn needed_scope(&self) -> Option<&str>;
}

impl<T: Throttle> AnyThrottle for T {
    fn allow_request<'a>(&'a self, request: &'a Request) -> Allowed<'a> {
        StackFuture::from_or_box(Throttle::allow_request(self, request))
    }

    fn needed_scope(&self) -> Option<&str> {
        Throttle::needed_scope(self)
    }
}

/// A throttle as a table holds it: `#[throttle(..)]` and the setting `default_throttle_classes`.
#[derive(Debug, Clone)]
pub struct ThrottleClass {
    pub(crate) inner: Arc<dyn AnyThrottle>,
    problem: Option<RateError>,
}

impl ThrottleClass {
    /// Wraps a throttle.
    pub fn new<T: Throttle>(throttle: T) -> Self {
        Self { inner: Arc::new(throttle), problem: None }
    }

    /// Returns the rate of a scope: `anon` counts requests of anonymous users only, any other scope those of each user and of each
    /// address.
    pub fn scope(scope: &'static str) -> Self {
        match scope {
            "anon" => Self::new(AnonRateThrottle),
            "user" => Self::new(UserRateThrottle),
            scope => Self::new(ScopedRateThrottle::new(scope)),
        }
    }

    /// Creates a rate such as `60/min` for each user, and for anonymous users by address. Requests to the viewset count together.
    pub fn rate(rate: &str) -> Self {
        Self::literal(rate, None)
    }

    /// Like [`rate`](Self::rate), counted under a name that other views may share.
    pub fn scoped_rate(scope: &'static str, rate: &str) -> Self {
        Self::literal(rate, Some(scope))
    }

    fn literal(rate: &str, scope: Option<&'static str>) -> Self {
        let rate = rate.parse::<Rate>();
        let problem = rate.as_ref().err().cloned();
        let text = rate.as_ref().map_or_else(|_| String::new(), Rate::to_string);
        Self { inner: Arc::new(LiteralRate { rate, text, scope }), problem }
    }

    /// Returns the scope whose rate must be in the settings.
    pub(crate) fn needed_scope(&self) -> Option<&str> {
        self.inner.needed_scope()
    }

    /// Returns the mistake in it, whatever the settings are: a malformed rate.
    pub(crate) fn problem(&self) -> Option<&RateError> {
        self.problem.as_ref()
    }
}

impl<T: Throttle> From<T> for ThrottleClass {
    fn from(throttle: T) -> Self {
        Self::new(throttle)
    }
}
