//! Work that waits for the commit of a transaction.

use std::fmt::Display;
use std::panic::AssertUnwindSafe;
use std::task::{Context, Poll, Waker};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::task::JoinHandle;

/// The work, which has not begun yet.
pub(crate) type Callback = BoxFuture<'static, ()>;

/// Work for [`Request::on_commit`](crate::Request::on_commit): a function, an `async` function or a future. Its output is `()`, or
/// a `Result<(), E>` whose error is logged.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot run after a commit",
    label = "not a callback",
    note = "expected a function or an `async` block, `'static` and `Send`, that returns `()` or a `Result<(), E>`"
)]
pub trait OnCommit<Kind>: Send + 'static {
    /// Returns the work as a future.
    #[doc(hidden)]
    fn into_callback(self) -> BoxFuture<'static, ()>;
}

/// The output of a callback.
#[diagnostic::on_unimplemented(
    message = "a callback cannot return `{Self}`",
    label = "not `()` or a `Result<(), E>`"
)]
pub trait CallbackOutput: Send {
    /// Logs an error.
    #[doc(hidden)]
    fn log(self);
}

impl CallbackOutput for () {
    fn log(self) {}
}

impl<E: Display + Send> CallbackOutput for Result<(), E> {
    fn log(self) {
        if let Err(error) = self {
            tracing::error!(%error, "a callback of on_commit failed");
        }
    }
}

/// The kinds of callbacks.
#[doc(hidden)]
pub mod kind {
    /// `|| ..`
    #[derive(Debug)]
    pub struct Function;
    /// `|| async { .. }`, `async || ..`
    #[derive(Debug)]
    pub struct AsyncFunction;
    /// `async { .. }`
    #[derive(Debug)]
    pub struct Future;
}

impl<F, O> OnCommit<kind::Function> for F
where
    F: FnOnce() -> O + Send + 'static,
    O: CallbackOutput,
{
    fn into_callback(self) -> BoxFuture<'static, ()> {
        Box::pin(async move { self().log() })
    }
}

impl<F, T> OnCommit<kind::AsyncFunction> for F
where
    F: FnOnce() -> T + Send + 'static,
    T: Future<Output: CallbackOutput> + Send,
{
    fn into_callback(self) -> BoxFuture<'static, ()> {
        Box::pin(async move { self().await.log() })
    }
}

impl<T> OnCommit<kind::Future> for T
where
    T: Future<Output: CallbackOutput> + Send + 'static,
{
    fn into_callback(self) -> BoxFuture<'static, ()> {
        Box::pin(async move { self.await.log() })
    }
}

/// Runs callbacks one after the other. A panic is logged; the others run all the same, since the rows are stored.
pub(super) async fn run_callbacks(callbacks: Vec<Callback>) {
    for callback in callbacks {
        guarded(callback).await;
    }
}

/// Runs a callback at once. One that awaits something goes on in a task, whose handle is returned.
pub(crate) fn run_now(callback: Callback) -> Option<JoinHandle<()>> {
    let mut running = Box::pin(guarded(callback));
    match running.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(()) => None,
        Poll::Pending => Some(tokio::spawn(running)),
    }
}

async fn guarded(callback: Callback) {
    if let Err(panic) = AssertUnwindSafe(callback).catch_unwind().await {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
        tracing::error!(panic = text.as_deref().unwrap_or("unknown"), "a callback of on_commit panicked");
    }
}
