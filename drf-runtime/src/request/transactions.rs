//! The connections of a request, and its transactions.

use std::any::Any;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::future::BoxFuture;
use tokio::task::JoinHandle;

use super::Request;
use crate::db::{Connection, OnCommit, Scope, Transaction, run_now};
use crate::exceptions::Result;

/// The state of the writes of a request. Requests that only read, or that write by a single statement, have none.
#[derive(Debug)]
pub(super) struct Writes {
    scope: Arc<Scope>,
    connection: Connection,
    attempts: Mutex<Vec<Attempt>>,
    callbacks: Mutex<Vec<JoinHandle<()>>>,
}

/// A write that a violated constraint may be about.
#[derive(Debug)]
struct Attempt {
    write: Box<dyn Any + Send>,
    /// The number of commits before it: one that comes later has stored it
    commits: u32,
}

/// A handler that may run a second time: nothing outside of the database knows of the first.
#[derive(Debug)]
pub(super) struct Repeatable(AtomicBool);

impl Default for Repeatable {
    fn default() -> Self {
        Self(AtomicBool::new(true))
    }
}

impl Request {
    /// Returns the connection for reads: the open transaction, if there is one, else the pool. With
    /// [`AppBuilder::replica`](crate::AppBuilder::replica), reads outside of a transaction go to the replica.
    ///
    /// It implements sea-orm's `ConnectionTrait`: `book::Entity::find().all(request.db())`.
    pub fn db(&self) -> &Connection {
        match self.writes.get() {
            Some(writes) if writes.scope.is_open() => &writes.connection,
            _ => self.app().reads(),
        }
    }

    /// Returns the connection for writes: the open transaction, if there is one, else the pool.
    pub fn db_for_write(&self) -> &Connection {
        match self.writes.get() {
            Some(writes) => &writes.connection,
            None => self.app().writes(),
        }
    }

    /// Opens a transaction. Until it ends, all statements of the request run in it: those of [`db`](Self::db) and
    /// [`db_for_write`](Self::db_for_write), those of serializers, permissions and filters. Where a transaction is open already,
    /// as in hooks and in viewsets with `atomic`, it is a savepoint of that one. Django's `transaction.atomic()`.
    ///
    /// It is committed by [`commit`](Transaction::commit); without, it is rolled back when it is dropped.
    ///
    /// ```
    /// use drf::prelude::*;
    ///
    /// async fn move_stock(request: &Request) -> Result<Response> {
    ///     let transaction = request.begin_transaction().await?;
    ///     // ... any statements through `request.db()` or `&transaction`, and `save()` of any serializers
    ///     transaction.commit().await?;
    ///     Ok(Response::no_content())
    /// }
    /// ```
    ///
    /// # Errors
    /// Those of the database.
    pub fn begin_transaction(&self) -> BoxFuture<'_, Result<Transaction>> {
        Transaction::begin(&self.writes().scope)
    }

    /// Runs work after the commit of the open transaction: a function, an `async` function or an `async` block. Django's
    /// `transaction.on_commit`. Mail and jobs about stored rows belong here: after a rollback they do not run.
    ///
    /// Without an open transaction it runs at once. The response is sent when all callbacks have ended. They cannot change it: an
    /// error or a panic of a callback is logged, and the rows stay.
    ///
    /// ```
    /// # use drf::prelude::*;
    /// # fn example(request: &Request) {
    /// let mail = "ann@example.com".to_owned();
    /// request.on_commit(async move { println!("mail to {mail}") });
    /// # }
    /// ```
    pub fn on_commit<K>(&self, callback: impl OnCommit<K>) {
        let (callback, writes) = (callback.into_callback(), self.writes());
        match writes.scope.innermost() {
            Some(open) => open.on_commit(callback),
            None => lock(&writes.callbacks).extend(run_now(callback)),
        }
    }

    pub(crate) fn in_transaction(&self) -> bool {
        self.writes.get().is_some_and(|writes| writes.scope.is_open())
    }

    /// Waits for callbacks that ran without a transaction.
    pub(crate) async fn finish_callbacks(&self) {
        let Some(writes) = self.writes.get() else { return };
        let callbacks = std::mem::take(&mut *lock(&writes.callbacks));
        for callback in callbacks {
            if let Err(error) = callback.await {
                tracing::error!(%error, "a callback of on_commit was cancelled");
            }
        }
    }

    /// Adds a write in a transaction, where a statement of the user or the commit may violate a constraint. Its type is that of
    /// serializers, which stand above.
    pub(crate) fn add_attempt(&self, write: impl Any + Send) {
        let writes = self.writes();
        let attempt = Attempt { write: Box::new(write), commits: writes.scope.commits() };
        lock(&writes.attempts).push(attempt);
    }

    /// Changes the attempts after the first ones, for example to add the list that their rows are items of.
    pub(crate) fn change_attempts<T: Any>(&self, after: usize, change: impl FnMut(&mut T)) {
        if let Some(writes) = self.writes.get() {
            let mut attempts = lock(&writes.attempts);
            attempts
                .iter_mut()
                .skip(after)
                .filter_map(|attempt| attempt.write.downcast_mut())
                .for_each(change);
        }
    }

    pub(crate) fn count_attempts(&self) -> usize {
        self.writes.get().map_or(0, |writes| lock(&writes.attempts).len())
    }

    /// Removes the attempts after the first ones, which have succeeded.
    pub(crate) fn forget_attempts(&self, after: usize) {
        if let Some(writes) = self.writes.get() {
            lock(&writes.attempts).truncate(after);
        }
    }

    /// Returns the attempts that are not stored, and forgets all.
    pub(crate) fn take_attempts<T: Any>(&self) -> Vec<T> {
        let Some(writes) = self.writes.get() else { return Vec::new() };
        let commits = writes.scope.commits();
        let attempts = std::mem::take(&mut *lock(&writes.attempts)).into_iter();
        let attempts = attempts.filter(|attempt| attempt.commits == commits);
        attempts.filter_map(|attempt| attempt.write.downcast().ok()).map(|write| *write).collect()
    }

    /// Forbids to repeat the handler: code of the user has run, or rows are stored.
    pub(crate) fn forbid_repetition(&self) {
        self.repeatable.0.store(false, Ordering::Relaxed);
    }

    pub(crate) fn may_be_repeated(&self) -> bool {
        self.repeatable.0.load(Ordering::Relaxed)
    }

    fn writes(&self) -> &Writes {
        self.writes.get_or_init(|| {
            let app = self.app();
            let scope = Arc::new(Scope::new(app.write().clone(), app.writes().schema().clone()));
            let connection = Connection::scope(scope.clone());
            Box::new(Writes { scope, connection, attempts: Mutex::default(), callbacks: Mutex::default() })
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
