//! Work that occupies a thread: password hashing, parsing of large bodies.
//!
//! It leaves the threads that serve requests, and never uses more threads at a time than the machine has cores, so that
//! other requests go on. Callers wait asynchronously for their turn: a request that is dropped while it waits, such as
//! that of a client that has disconnected, leaves the queue and its work never starts.

use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock};

use tokio::sync::Semaphore;

/// A kind of blocking work, with a queue of its own.
pub(crate) struct Workers(LazyLock<Arc<Semaphore>>);

/// Password hashing: some hundred milliseconds each.
pub(crate) static HASHING: Workers = Workers::per_core();

/// Parsing of large bodies: some ten milliseconds each.
pub(crate) static PARSING: Workers = Workers::per_core();

impl Workers {
    const fn per_core() -> Self {
        Self(LazyLock::new(|| Arc::new(Semaphore::new(cores()))))
    }

    /// Runs a function on a thread for blocking work, once it is its turn.
    ///
    /// # Errors
    /// The function panicked, or the runtime shuts down.
    pub(crate) async fn run<T: Send + 'static>(
        &'static self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, tokio::task::JoinError> {
        // The semaphore is never closed.
        let permit = self.0.clone().acquire_owned().await.ok();
        let task = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(permit);
            result
        });
        task.await
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}
