use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::Verdict;
use super::memory::MemoryStore;
use crate::exceptions::Result;
use crate::settings::Rate;

/// A store of the counts of requests. Processes that must count together share one.
pub trait RateStore: Debug + Send + Sync + 'static {
    /// Counts a request under a key, unless there were as many in the last period as the rate allows. Looking and
    /// counting are one step: of any number of requests at once, exactly as many pass as the rate has left.
    ///
    /// A refusal tells how long the period lasts still for the oldest request of it, as
    /// [`ThrottleStore::in_memory`] does.
    fn hit(&self, key: &str, rate: Rate) -> impl Future<Output = Result<Verdict>> + Send;
}

trait AnyRateStore: Debug + Send + Sync {
    fn hit<'a>(
        &'a self,
        key: &'a str,
        rate: Rate,
    ) -> Pin<Box<dyn Future<Output = Result<Verdict>> + Send + 'a>>;
}

impl<S: RateStore> AnyRateStore for S {
    fn hit<'a>(
        &'a self,
        key: &'a str,
        rate: Rate,
    ) -> Pin<Box<dyn Future<Output = Result<Verdict>> + Send + 'a>> {
        Box::pin(RateStore::hit(self, key, rate))
    }
}

/// The store of an app: in the memory of the process, if nothing else is said.
#[derive(Debug, Clone)]
pub struct ThrottleStore {
    inner: Arc<dyn AnyRateStore>,
}

impl ThrottleStore {
    /// Creates a store of one's own.
    pub fn new(store: impl RateStore) -> Self {
        Self { inner: Arc::new(store) }
    }

    /// Counts in the memory of this process. Takes a limited amount of it: where too many clients come at once, the
    /// counts of those that come least often are forgotten first.
    pub fn in_memory() -> Self {
        Self::new(MemoryStore::default())
    }

    /// Like [`in_memory`](Self::in_memory), with a clock that tells the time since any fixed moment. For tests.
    pub fn in_memory_with_clock(clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self::new(MemoryStore::new(clock))
    }

    pub(crate) async fn hit(&self, key: &str, rate: Rate) -> Result<Verdict> {
        self.inner.hit(key, rate).await
    }
}

impl Default for ThrottleStore {
    fn default() -> Self {
        Self::in_memory()
    }
}
