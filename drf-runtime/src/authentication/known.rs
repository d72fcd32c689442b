use std::fmt;
use std::time::Duration;

use moka::sync::Cache;

use super::User;

/// How many tokens are remembered; those that come least often are forgotten first.
const MAX_TOKENS: u64 = 10_000;

/// The users of tokens that were looked up not long ago: the setting `token_cache_seconds`.
pub(crate) struct KnownTokens(Option<Cache<String, User>>);

impl KnownTokens {
    pub(crate) fn new(seconds: u64) -> Self {
        let cache = || {
            let cache = Cache::builder().max_capacity(MAX_TOKENS);
            cache.time_to_live(Duration::from_secs(seconds)).build()
        };
        Self((seconds > 0).then(cache))
    }

    pub(super) fn get(&self, key: &str) -> Option<User> {
        self.0.as_ref()?.get(key)
    }

    pub(super) fn keep(&self, key: &str, user: User) -> User {
        if let Some(cache) = &self.0 {
            cache.insert(key.to_owned(), user.clone());
        }
        user
    }
}

impl fmt::Debug for KnownTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnownTokens").finish_non_exhaustive()
    }
}
