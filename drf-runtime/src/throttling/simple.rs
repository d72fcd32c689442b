use std::fmt::Debug;
use std::time::Duration;

use super::{Rate, Throttle, Verdict};
use crate::exceptions::{Error, Result};
use crate::request::Request;

/// A throttle of the kind "so many requests in a period", for keys of one's own. DRF's `SimpleRateThrottle`.
///
/// ```
/// use drf::prelude::*;
/// use drf::throttling::{Rate, SimpleRateThrottle};
///
/// /// Two requests a day for each `X-Client`; who sends none is not limited.
/// #[derive(Debug)]
/// struct PerClient;
///
/// impl SimpleRateThrottle for PerClient {
///     fn scope(&self) -> &str {
///         "per_client"
///     }
///
///     fn rate(&self) -> Option<Rate> {
///         Some(Rate::per_day(2))
///     }
///
///     fn get_cache_key(&self, request: &Request) -> Option<String> {
///         request.headers().get("x-client")?.to_str().ok().map(str::to_owned)
///     }
/// }
/// ```
pub trait SimpleRateThrottle: Debug + Send + Sync + 'static {
    /// Returns the name under which requests are counted, and under which `default_throttle_rates` has the rate. Throttles of
    /// the same scope count together.
    fn scope(&self) -> &str;

    /// Returns a rate of its own; `None` for that of the scope.
    fn rate(&self) -> Option<Rate> {
        None
    }

    /// Returns the key of the requests that are counted together, within the scope. `None` if the request is not limited.
    fn get_cache_key(&self, request: &Request) -> Option<String>;

    /// Returns the time that a throttled client is told to wait, given the time until its next request is allowed.
    fn wait(&self, wait: Option<Duration>) -> Option<Duration> {
        wait
    }
}

#[diagnostic::do_not_recommend]
impl<T: SimpleRateThrottle> Throttle for T {
    async fn allow_request(&self, request: &Request) -> Result<Verdict> {
        let rate = match self.rate() {
            Some(rate) => Some(rate),
            None => rate_of(self.scope(), request)?,
        };
        let (Some(rate), Some(key)) = (rate, self.get_cache_key(request)) else {
            return Ok(Verdict::Allowed);
        };
        match count_request(request, self.scope(), &key, rate).await? {
            Verdict::Throttled { wait } => Ok(Verdict::Throttled { wait: self.wait(wait) }),
            Verdict::Allowed => Ok(Verdict::Allowed),
        }
    }

    fn needed_scope(&self) -> Option<&str> {
        self.rate().is_none().then(|| self.scope())
    }
}

/// Counts a request, unless there were as many already as the rate allows. For a [`Throttle`] whose rate depends on the
/// request: on the plan of a customer, for example.
///
/// # Errors
/// Those of the store.
pub async fn count_request(request: &Request, scope: &str, key: &str, rate: Rate) -> Result<Verdict> {
    request.app().throttle_store().hit(&["throttle_", scope, "_", key].concat(), rate).await
}

fn rate_of(scope: &str, request: &Request) -> Result<Option<Rate>> {
    let rate = request.settings().default_throttle_rates.get(scope).copied();
    rate.ok_or_else(|| {
        Error::internal(format!("the throttle scope `{scope}` has no rate in `default_throttle_rates`"))
    })
}
