use std::fmt;
use std::time::Duration;

use moka::sync::Cache;

use super::User;

/// The most tokens in the cache; those that are used least often are evicted first.
const MAX_TOKENS: u64 = 10_000;

/// The users of tokens, for the seconds of the setting `token_cache_seconds`.
pub(crate) struct TokenCache(Option<Cache<String, User>>);

impl TokenCache {
    pub(crate) fn new(seconds: u64) -> Self {
        let cache = || {
            let cache = Cache::builder().max_capacity(MAX_TOKENS);
            cache.time_to_live(Duration::from_secs(seconds)).build()
        };
        Self((seconds > 0).then(cache))
    }

    pub(crate) fn get(&self, key: &str) -> Option<User> {
        self.0.as_ref()?.get(key)
    }

    pub(crate) fn insert(&self, key: &str, user: User) -> User {
        if let Some(cache) = &self.0 {
            cache.insert(key.to_owned(), user.clone());
        }
        user
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenCache").finish_non_exhaustive()
    }
}
