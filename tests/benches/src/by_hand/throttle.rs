use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::answer::Failure;

const REQUESTS: usize = 100_000_000;
const PERIOD: Duration = Duration::from_secs(86_400);

/// So many requests of each user in a sliding window, in memory.
#[derive(Debug, Default)]
pub struct Throttle {
    seen: Mutex<HashMap<i64, VecDeque<Instant>>>,
}

impl Throttle {
    /// Counts a request.
    ///
    /// # Errors
    /// 429 if there were too many.
    pub fn count(&self, user: impl Into<i64>) -> Result<(), Failure> {
        let now = Instant::now();
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let times = seen.entry(user.into()).or_default();
        while times.front().is_some_and(|oldest| now.duration_since(*oldest) >= PERIOD) {
            times.pop_front();
        }
        if times.len() >= REQUESTS {
            return Err(Failure::Throttled);
        }
        times.push_back(now);
        Ok(())
    }
}
