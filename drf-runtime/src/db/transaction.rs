//! Transactions of a request.

use std::ops::Deref;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::BoxFuture;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    IsolationLevel, QueryResult, SqliteTransactionMode, Statement, TransactionError, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::{Mutex as AsyncMutex, MutexGuard};

use super::begin::begin;
use super::on_commit::{Callback, run_callbacks};
use super::{Catalog, Connection};
use crate::exceptions::{Error, Result};

/// Statements that take effect together or not at all. Django's `transaction.atomic()`.
///
/// [`Request::begin_transaction`](crate::Request::begin_transaction) opens one. Until it ends, [`Request::db`](crate::Request::db)
/// and everything else that the request sends to the database run in it. [`commit`](Self::commit) makes the statements last; a
/// transaction that is dropped, for example by `?`, is rolled back.
#[derive(Debug)]
pub struct Transaction {
    connection: Connection,
    /// `None` where the statements stand for themselves, and after the end
    open: Option<OpenTransaction>,
}

#[derive(Debug)]
struct OpenTransaction {
    open: Arc<Open>,
    scope: Arc<Scope>,
    /// The transaction in which it is a savepoint
    outer: Option<Arc<Open>>,
}

/// The open transactions of a request, and the pool they come from.
#[derive(Debug)]
pub(crate) struct Scope {
    pool: DatabaseConnection,
    schema: Arc<Catalog>,
    /// The innermost one is the last
    open: Mutex<Vec<Arc<Open>>>,
    /// The number of commits, without those of savepoints
    commits: AtomicU32,
}

/// A transaction of the database, and the callbacks that wait for its commit.
pub(crate) struct Open {
    transaction: AsyncMutex<Option<DatabaseTransaction>>,
    backend: DbBackend,
    on_commit: Mutex<Vec<Callback>>,
}

impl Transaction {
    /// Returns the statements of a write that needs no transaction: each takes effect by itself.
    pub(crate) fn autocommit(connection: Connection) -> Self {
        Self { connection, open: None }
    }

    /// Opens a transaction, or a savepoint where one is open in the scope.
    pub(crate) fn begin(scope: &Arc<Scope>) -> BoxFuture<'_, Result<Self>> {
        Box::pin(async move {
            let (outer, backend) = (scope.innermost(), scope.pool.get_database_backend());
            let transaction = match &outer {
                None => begin(&scope.pool, options(backend)).await?,
                Some(outer) => outer.begin().await?,
            };
            let transaction = AsyncMutex::new(Some(transaction));
            let open = Arc::new(Open { transaction, backend, on_commit: Mutex::default() });
            scope.transactions().push(open.clone());
            let connection = Connection::transaction(open.clone(), scope.schema.clone());
            Ok(Self { connection, open: Some(OpenTransaction { open, scope: scope.clone(), outer }) })
        })
    }

    /// Makes the statements last, then runs the callbacks of [`Request::on_commit`](crate::Request::on_commit).
    ///
    /// # Errors
    /// Those of the database, which then has stored nothing: the violation of a deferred constraint, for example.
    pub async fn commit(mut self) -> Result<()> {
        match self.open.take() {
            Some(open) => open.commit().await,
            None => Ok(()),
        }
    }

    /// Undoes the statements, as dropping the transaction does.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn rollback(mut self) -> Result<()> {
        let Some(OpenTransaction { open, scope, .. }) = self.open.take() else { return Ok(()) };
        scope.close(&open);
        let transaction = open.transaction.lock().await.take();
        match transaction {
            Some(transaction) => Ok(transaction.rollback().await?),
            None => Ok(()),
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        let Some(OpenTransaction { open, scope, .. }) = self.open.take() else { return };
        scope.close(&open);
        // A statement that still runs elsewhere holds the lock; then its end is the end of the transaction.
        if let Ok(mut transaction) = open.transaction.try_lock() {
            drop(transaction.take());
        }
    }
}

impl OpenTransaction {
    fn commit(self) -> BoxFuture<'static, Result<()>> {
        Box::pin(async move {
            let Self { open, scope, outer } = self;
            let innermost = scope.close(&open);
            let transaction = open.transaction.lock().await.take().ok_or_else(ended)?;
            if !innermost {
                return Err(Error::internal(
                    "the transaction has an open savepoint: commit or drop it first",
                ));
            }
            let callbacks = open.take_callbacks();
            match outer {
                Some(outer) => {
                    transaction.commit().await?;
                    outer.callbacks().extend(callbacks);
                    Ok(())
                }
                None => {
                    match callbacks.is_empty() {
                        true => transaction.commit().await?,
                        false => commit_and_run(transaction, callbacks).await?,
                    }
                    scope.commits.fetch_add(1, Ordering::Relaxed);
                    Ok(())
                }
            }
        })
    }
}

/// Commits in a task of its own, so that a client that disconnects meanwhile does not keep the callbacks from running.
async fn commit_and_run(transaction: DatabaseTransaction, callbacks: Vec<Callback>) -> Result<()> {
    let committed = tokio::spawn(async move {
        transaction.commit().await?;
        run_callbacks(callbacks).await;
        Ok(())
    });
    committed.await.unwrap_or_else(|error| Err(Error::Internal(error.into())))
}

impl Scope {
    pub(crate) fn new(pool: DatabaseConnection, schema: Arc<Catalog>) -> Self {
        Self { pool, schema, open: Mutex::default(), commits: AtomicU32::default() }
    }

    pub(super) fn schema(&self) -> &Arc<Catalog> {
        &self.schema
    }

    pub(super) fn pool(&self) -> &DatabaseConnection {
        &self.pool
    }

    /// Returns the innermost open transaction.
    pub(crate) fn innermost(&self) -> Option<Arc<Open>> {
        self.transactions().last().cloned()
    }

    /// Returns the number of commits so far: what was written before one of them is stored.
    pub(crate) fn commits(&self) -> u32 {
        self.commits.load(Ordering::Relaxed)
    }

    pub(crate) fn is_open(&self) -> bool {
        !self.transactions().is_empty()
    }

    /// Removes a transaction, and what is inside of it; returns whether nothing was.
    fn close(&self, closed: &Arc<Open>) -> bool {
        let mut transactions = self.transactions();
        let Some(index) = transactions.iter().position(|open| Arc::ptr_eq(open, closed)) else {
            return false;
        };
        let innermost = index + 1 == transactions.len();
        transactions.truncate(index);
        innermost
    }

    fn transactions(&self) -> std::sync::MutexGuard<'_, Vec<Arc<Open>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Runs a callback after the commit.
    pub(crate) fn on_commit(&self, callback: Callback) {
        self.callbacks().push(callback);
    }

    fn callbacks(&self) -> std::sync::MutexGuard<'_, Vec<Callback>> {
        self.on_commit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_callbacks(&self) -> Vec<Callback> {
        std::mem::take(&mut *self.callbacks())
    }

    pub(super) fn backend(&self) -> DbBackend {
        self.backend
    }

    async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let guard = self.transaction.lock().await;
        transaction(&guard)?.begin().await
    }

    pub(super) async fn begin_with_options(
        &self,
        options: TransactionOptions,
    ) -> Result<DatabaseTransaction, DbErr> {
        let guard = self.transaction.lock().await;
        transaction(&guard)?.begin_with_options(options).await
    }

    pub(super) async fn execute(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let guard = self.transaction.lock().await;
        transaction(&guard)?.execute_raw(statement).await
    }

    pub(super) async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let guard = self.transaction.lock().await;
        transaction(&guard)?.execute_unprepared(sql).await
    }

    pub(super) async fn query_one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let guard = self.transaction.lock().await;
        transaction(&guard)?.query_one_raw(statement).await
    }

    pub(super) async fn query_all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let guard = self.transaction.lock().await;
        transaction(&guard)?.query_all_raw(statement).await
    }
}

fn transaction<'a>(
    guard: &'a MutexGuard<'_, Option<DatabaseTransaction>>,
) -> Result<&'a DatabaseTransaction, DbErr> {
    guard.as_ref().ok_or_else(ended_error)
}

fn ended_error() -> DbErr {
    DbErr::Custom("the transaction has ended".to_owned())
}

fn ended() -> Error {
    Error::Database(ended_error())
}

/// Returns the options that Django opens transactions with.
pub(super) fn options(backend: DbBackend) -> TransactionOptions {
    TransactionOptions {
        // MySQL's default, REPEATABLE READ, reads from a snapshot and locks gaps between rows: transactions that insert
        // beside each other deadlock.
        isolation_level: (backend == DbBackend::MySql).then_some(IsolationLevel::ReadCommitted),
        access_mode: None,
        // A deferred transaction of SQLite that reads before it writes fails at once if another one has written.
        sqlite_transaction_mode: (backend == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
    }
}

impl std::fmt::Debug for Open {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Open").field("backend", &self.backend).finish_non_exhaustive()
    }
}

impl Deref for Transaction {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.connection.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.connection.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.connection.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.connection.query_all_raw(statement).await
    }
}

macro_rules! transactions_of_sea_orm {
    ($ty:ty) => {
        /// Transactions of sea-orm. Callbacks of [`Request::on_commit`](crate::Request::on_commit) do not wait for them.
        #[async_trait::async_trait]
        impl TransactionTrait for $ty {
            type Transaction = DatabaseTransaction;

            async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
                self.begin_sea_orm(options(self.get_database_backend())).await
            }

            async fn begin_with_config(
                &self,
                isolation_level: Option<IsolationLevel>,
                access_mode: Option<AccessMode>,
            ) -> Result<DatabaseTransaction, DbErr> {
                let options = options(self.get_database_backend());
                let isolation_level = isolation_level.or(options.isolation_level);
                let options = TransactionOptions { isolation_level, access_mode, ..options };
                self.begin_sea_orm(options).await
            }

            async fn begin_with_options(
                &self,
                options: TransactionOptions,
            ) -> Result<DatabaseTransaction, DbErr> {
                self.begin_sea_orm(options).await
            }

            async fn transaction<F, T, E>(&self, callback: F) -> Result<T, TransactionError<E>>
            where
                F: for<'c> FnOnce(
                        &'c DatabaseTransaction,
                    ) -> Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'c>>
                    + Send,
                T: Send,
                E: std::fmt::Display + std::fmt::Debug + Send,
            {
                self.transaction_with_config(callback, None, None).await
            }

            async fn transaction_with_config<F, T, E>(
                &self,
                callback: F,
                isolation_level: Option<IsolationLevel>,
                access_mode: Option<AccessMode>,
            ) -> Result<T, TransactionError<E>>
            where
                F: for<'c> FnOnce(
                        &'c DatabaseTransaction,
                    ) -> Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'c>>
                    + Send,
                T: Send,
                E: std::fmt::Display + std::fmt::Debug + Send,
            {
                let begun = self.begin_with_config(isolation_level, access_mode).await;
                let transaction = begun.map_err(TransactionError::Connection)?;
                let done = callback(&transaction).await.map_err(TransactionError::Transaction)?;
                transaction.commit().await.map_err(TransactionError::Connection)?;
                Ok(done)
            }
        }
    };
}

transactions_of_sea_orm!(Connection);
transactions_of_sea_orm!(Transaction);
