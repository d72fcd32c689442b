use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseConnectionType, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, QueryResult, Statement, StatementBuilder, TransactionOptions, TransactionTrait,
};
use tracing::{Instrument, Level, Span};

use super::transaction::{Open, Scope};

/// A connection of a request to the database: the pool, or the transaction that is open.
///
/// [`Request::db`](crate::Request::db) gives one. It implements sea-orm's `ConnectionTrait` and `TransactionTrait`.
#[derive(Debug, Clone)]
pub struct Connection(Inner);

#[derive(Debug, Clone)]
enum Inner {
    Pool(DatabaseConnection),
    Transaction(Arc<Open>),
    /// The transaction that is open when a statement is sent, else the pool
    Scope(Arc<Scope>),
}

/// The way of one statement.
enum Route<'a> {
    Pool(&'a DatabaseConnection),
    Transaction(Cow<'a, Arc<Open>>),
}

/// Calls the driver itself where it is known. Its future holds all that it takes to open a connection, which is much: it is
/// boxed by itself, and not together with those of the other drivers.
macro_rules! on_driver {
    ($self:ident, $method:ident, $otherwise:ident, $statement:ident) => {
        match $self.route() {
            Route::Transaction(open) => Box::pin(async move { open.$method($statement).await }),
            Route::Pool(connection) => match &connection.inner {
                #[cfg(feature = "sqlite")]
                DatabaseConnectionType::SqlxSqlitePoolConnection(pool) => Box::pin(pool.$method($statement)),
                #[cfg(feature = "postgres")]
                DatabaseConnectionType::SqlxPostgresPoolConnection(pool) => {
                    Box::pin(pool.$method($statement))
                }
                #[cfg(feature = "mysql")]
                DatabaseConnectionType::SqlxMySqlPoolConnection(pool) => Box::pin(pool.$method($statement)),
                _ => connection.$otherwise($statement),
            },
        }
    };
}

/// What a statement gives, in the making.
type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, DbErr>> + Send + 'a>>;

/// The span `drf.sql` of a statement; none if nobody listens. A disabled span would still cost what `log` asks for.
fn span_of(statement: &Statement) -> Span {
    match tracing::enabled!(Level::DEBUG) {
        true => tracing::debug_span!("drf.sql", statement = statement.sql.as_str()),
        false => Span::none(),
    }
}

/// Awaits the answer to a statement, in its span if there is one.
async fn traced<T>(span: Span, answer: Answer<'_, T>) -> Result<T, DbErr> {
    if span.is_none() { answer.await } else { answer.instrument(span).await }
}

impl Connection {
    /// Statements that each stand for themselves.
    pub(crate) fn pool(db: &DatabaseConnection) -> Self {
        Self(Inner::Pool(db.clone()))
    }

    pub(super) fn transaction(open: Arc<Open>) -> Self {
        Self(Inner::Transaction(open))
    }

    /// Returns the transaction that is open in a scope, at the time of each statement, or else its pool.
    pub(crate) fn scope(scope: Arc<Scope>) -> Self {
        Self(Inner::Scope(scope))
    }

    fn route(&self) -> Route<'_> {
        match &self.0 {
            Inner::Pool(pool) => Route::Pool(pool),
            Inner::Transaction(open) => Route::Transaction(Cow::Borrowed(open)),
            Inner::Scope(scope) => match scope.innermost() {
                Some(open) => Route::Transaction(Cow::Owned(open)),
                None => Route::Pool(scope.pool()),
            },
        }
    }

    pub(super) async fn begin_sea_orm(
        &self,
        options: TransactionOptions,
    ) -> Result<DatabaseTransaction, DbErr> {
        match self.route() {
            Route::Pool(pool) => pool.begin_with_options(options).await,
            Route::Transaction(open) => open.begin_with_options(options).await,
        }
    }

    /// The methods of [`ConnectionTrait`] for the statements of every request, without its boxes in boxes.
    pub(crate) async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let span = span_of(&statement);
        traced(span, on_driver!(self, query_all, query_all_raw, statement)).await
    }

    pub(crate) async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let span = span_of(&statement);
        traced(span, on_driver!(self, query_one, query_one_raw, statement)).await
    }

    pub(crate) async fn all(&self, statement: &impl StatementBuilder) -> Result<Vec<QueryResult>, DbErr> {
        self.query_all_raw(self.get_database_backend().build(statement)).await
    }

    pub(crate) async fn one(&self, statement: &impl StatementBuilder) -> Result<Option<QueryResult>, DbErr> {
        self.query_one_raw(self.get_database_backend().build(statement)).await
    }

    pub(crate) async fn one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.query_one_raw(statement).await
    }

    pub(crate) async fn run(&self, statement: &impl StatementBuilder) -> Result<ExecResult, DbErr> {
        self.execute_raw(self.get_database_backend().build(statement)).await
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        match &self.0 {
            Inner::Pool(pool) => pool.get_database_backend(),
            Inner::Transaction(open) => open.backend(),
            Inner::Scope(scope) => scope.pool().get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let span = span_of(&statement);
        traced(span, on_driver!(self, execute, execute_raw, statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self.route() {
            Route::Pool(pool) => pool.execute_unprepared(sql).await,
            Route::Transaction(open) => open.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Connection::query_one_raw(self, statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        Connection::query_all_raw(self, statement).await
    }
}
