//! The start of a transaction, which no disconnecting client leaves half done.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_util::future::BoxFuture;
use sea_orm::{DatabaseConnection, DatabaseTransaction, DbErr, TransactionOptions, TransactionTrait};
use tokio::runtime::Handle;

/// Opens a transaction on a connection of a pool.
///
/// sqlx counts a transaction once the database has answered `BEGIN`. A future that is dropped before gives the connection
/// back to the pool with a transaction that nobody ends: the next statements on it would be acknowledged and never
/// committed. So a `BEGIN` that was sent is awaited in any case; its transaction is then dropped, and rolled back.
pub(super) fn begin(pool: &DatabaseConnection, options: TransactionOptions) -> Begin {
    let pool = pool.clone();
    Begin { running: Some(Box::pin(async move { pool.begin_with_options(options).await })), is_sent: false }
}

/// A transaction that is being opened.
pub(super) struct Begin {
    /// `None` after the end
    running: Option<BoxFuture<'static, Result<DatabaseTransaction, DbErr>>>,
    is_sent: bool,
}

impl Future for Begin {
    type Output = Result<DatabaseTransaction, DbErr>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.is_sent = true;
        let Some(running) = &mut self.running else { return Poll::Pending };
        let polled = running.as_mut().poll(context);
        if polled.is_ready() {
            self.running = None;
        }
        polled
    }
}

impl Drop for Begin {
    fn drop(&mut self) {
        let Some(running) = self.running.take().filter(|_| self.is_sent) else { return };
        // Without a runtime the connection is of no use to anyone else either.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(running);
        }
    }
}
