use super::{Rate, RateError, SimpleRateThrottle, Throttle, Verdict, count_request, get_ident};
use crate::exceptions::{Error, Result};
use crate::request::Request;

/// Limits requests of anonymous users, by address, at the rate of the scope `anon`. DRF's `AnonRateThrottle`.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnonRateThrottle;

impl SimpleRateThrottle for AnonRateThrottle {
    fn scope(&self) -> &str {
        "anon"
    }

    fn get_cache_key(&self, request: &Request) -> Option<String> {
        (!request.user().is_authenticated()).then(|| user_or_address(request))
    }
}

/// Limits requests of each user, and of anonymous users by address, at the rate of the scope `user`. DRF's `UserRateThrottle`.
#[derive(Debug, Clone, Copy, Default)]
pub struct UserRateThrottle;

impl SimpleRateThrottle for UserRateThrottle {
    fn scope(&self) -> &str {
        "user"
    }

    fn get_cache_key(&self, request: &Request) -> Option<String> {
        Some(user_or_address(request))
    }
}

/// Limits requests of each user, and of anonymous users by address, at the rate of a scope. All views of a scope count together.
/// DRF's `ScopedRateThrottle`, and any subclass of `UserRateThrottle` with a scope of its own.
#[derive(Debug, Clone, Copy)]
pub struct ScopedRateThrottle {
    scope: &'static str,
    rate: Option<Rate>,
}

impl ScopedRateThrottle {
    /// At the rate that `default_throttle_rates` has for the scope.
    pub const fn new(scope: &'static str) -> Self {
        Self { scope, rate: None }
    }

    /// At a rate of its own.
    pub const fn with_rate(self, rate: Rate) -> Self {
        Self { rate: Some(rate), ..self }
    }
}

impl SimpleRateThrottle for ScopedRateThrottle {
    fn scope(&self) -> &str {
        self.scope
    }

    fn rate(&self) -> Option<Rate> {
        self.rate
    }

    fn get_cache_key(&self, request: &Request) -> Option<String> {
        Some(user_or_address(request))
    }
}

/// A rate that was written as text on a view: `#[throttle(rate = "60/min")]`.
#[derive(Debug)]
pub(super) struct LiteralRate {
    pub(super) rate: Result<Rate, RateError>,
    /// The rate as text, for the key
    pub(super) text: String,
    /// The scope; without one, requests to the view count together
    pub(super) scope: Option<&'static str>,
}

impl Throttle for LiteralRate {
    async fn allow_request(&self, request: &Request) -> Result<Verdict> {
        let rate = self.rate.as_ref().map_err(|error| Error::internal(error.to_string()))?;
        let key = user_or_address(request);
        match self.scope {
            Some(scope) => count_request(request, scope, &key, *rate).await,
            // A viewset and one of its actions may have a rate each, and two views one name: they must not eat each other's.
            None => {
                let scope = [request.resolver_match().resource().path, "_", &self.text].concat();
                count_request(request, &scope, &key, *rate).await
            }
        }
    }
}

/// Returns the key of the sender. DRF's keys do not tell an address from the number of a user, and a client can write any
/// "address" into `X-Forwarded-For`; ours do.
fn user_or_address(request: &Request) -> String {
    match request.user().key() {
        Some(id) => format!("user:{id}"),
        None => format!("address:{}", get_ident(request)),
    }
}
