use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use moka::sync::Cache;

use super::{RateStore, Verdict};
use crate::exceptions::Result;
use crate::settings::{Period, Rate};

/// The most clients in the cache of a period. A key of more than 128 bytes counts as several.
const MAX_KEYS: u64 = 100_000;

type Clock = Box<dyn Fn() -> Duration + Send + Sync>;

/// The times of the requests of one key that were let through, the oldest first. DRF's `history`.
type Log = Arc<Mutex<VecDeque<Duration>>>;

/// Counts in the memory of this process.
pub(super) struct MemoryStore {
    /// One for each period: a log is of no use once it was unused for that long
    logs: [Cache<String, Log>; 4],
    clock: Clock,
}

impl MemoryStore {
    pub(super) fn new(clock: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self { logs: Period::ALL.map(cache), clock: Box::new(clock) }
    }

    fn count(&self, key: &str, rate: Rate) -> Verdict {
        let log = self.logs[rate.period as usize].get_with_by_ref(key, Log::default);
        let mut times = log.lock().unwrap_or_else(PoisonError::into_inner);
        count(&mut times, rate, (self.clock)())
    }
}

impl Default for MemoryStore {
    fn default() -> Self {
        let start = Instant::now();
        Self::new(move || start.elapsed())
    }
}

impl RateStore for MemoryStore {
    async fn hit(&self, key: &str, rate: Rate) -> Result<Verdict> {
        Ok(self.count(key, rate))
    }
}

impl fmt::Debug for MemoryStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryStore").finish_non_exhaustive()
    }
}

fn cache(period: Period) -> Cache<String, Log> {
    Cache::builder()
        .max_capacity(MAX_KEYS)
        .weigher(|key: &String, _: &Log| u32::try_from(1 + key.len() / 128).unwrap_or(u32::MAX))
        .time_to_idle(period.duration() + Duration::from_secs(1))
        .build()
}

/// DRF's `allow_request`, `throttle_success` and `throttle_failure`.
fn count(times: &mut VecDeque<Duration>, rate: Rate, now: Duration) -> Verdict {
    while times.front().is_some_and(|oldest| *oldest + rate.period() <= now) {
        times.pop_front();
    }
    let left = (rate.requests() as usize).checked_sub(times.len());
    if left.is_none_or(|left| left == 0) {
        return Verdict::Throttled { wait: wait(times, rate, now) };
    }
    times.push_back(now);
    Verdict::Allowed
}

/// DRF's `wait`. There may be more requests than the rate allows, where another rate counts under the same key.
fn wait(times: &VecDeque<Duration>, rate: Rate, now: Duration) -> Option<Duration> {
    let remaining =
        times.front().map_or(rate.period(), |oldest| (*oldest + rate.period()).saturating_sub(now));
    let available =
        (rate.requests() as usize + 1).checked_sub(times.len()).filter(|available| *available > 0)?;
    u32::try_from(available).ok().map(|available| remaining / available)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

    use super::*;

    /// A store whose clock tells the milliseconds that a test sets.
    fn store() -> (MemoryStore, Arc<AtomicU64>) {
        let millis = Arc::new(AtomicU64::new(0));
        let clock = millis.clone();
        (MemoryStore::new(move || Duration::from_millis(clock.load(Ordering::SeqCst))), millis)
    }

    fn throttled(millis: u64) -> Verdict {
        Verdict::Throttled { wait: Some(Duration::from_millis(millis)) }
    }

    #[test]
    fn the_window_slides() {
        let (store, clock) = store();
        let rate = Rate::per_minute(2);
        let steps = [
            (0, Verdict::Allowed),
            (10_000, Verdict::Allowed),
            (20_000, throttled(40_000)),
            (59_999, throttled(1)),
            (60_000, Verdict::Allowed),
            (60_001, throttled(9_999)),
            (70_000, Verdict::Allowed),
            (200_000, Verdict::Allowed),
        ];
        for (millis, expected) in steps {
            clock.store(millis, Ordering::SeqCst);
            assert_eq!(store.count("a", rate), expected, "{millis}");
        }
    }

    #[test]
    fn keys_and_periods_count_apart() {
        let (store, _) = store();
        assert_eq!(store.count("a", Rate::per_minute(1)), Verdict::Allowed);
        assert_eq!(store.count("b", Rate::per_minute(1)), Verdict::Allowed);
        assert_eq!(store.count("a", Rate::per_hour(1)), Verdict::Allowed);
        assert_eq!(store.count("a", Rate::per_minute(1)), throttled(60_000));
    }

    #[test]
    fn the_wait_is_that_of_drf() {
        let (store, _) = store();
        assert_eq!(store.count("none", Rate::per_hour(0)), throttled(3_600_000));
        for _ in 0..3 {
            assert_eq!(store.count("shared", Rate::per_day(3)), Verdict::Allowed);
        }
        assert_eq!(store.count("shared", Rate::per_day(2)), Verdict::Throttled { wait: None });
    }

    #[test]
    fn of_many_requests_at_once_exactly_as_many_pass_as_the_rate_says() {
        let store = MemoryStore::default();
        let allowed = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..1000 {
                        if store.count("key", Rate::per_day(1234)) == Verdict::Allowed {
                            allowed.fetch_add(1, Ordering::SeqCst);
                        }
                    }
                });
            }
        });
        assert_eq!(allowed.into_inner(), 1234);
    }

    #[test]
    fn memory_is_bounded() {
        let (store, _) = store();
        let long = "x".repeat(4096);
        for client in 0..4 * MAX_KEYS / 32 {
            store.count(&format!("{client}{long}"), Rate::per_second(1));
        }
        let cache = &store.logs[Period::Second as usize];
        cache.run_pending_tasks();
        assert!(cache.weighted_size() <= MAX_KEYS, "{}", cache.weighted_size());
    }
}
