use std::pin::Pin;
use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseConnectionType, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, QueryResult, Statement, StatementBuilder, TransactionTrait,
};
use tracing::{Instrument, Level, Span};

/// Where statements of one operation go: the pool, or the transaction that the operation runs in.
#[derive(Debug, Clone)]
pub struct Connection(Inner);

#[derive(Debug, Clone)]
enum Inner {
    Pool(DatabaseConnection),
    Transaction(Arc<DatabaseTransaction>),
}

macro_rules! delegate {
    ($self:ident, $connection:ident => $call:expr) => {
        match &$self.0 {
            Inner::Pool($connection) => $call,
            Inner::Transaction(transaction) => {
                let $connection = transaction.as_ref();
                $call
            }
        }
    };
}

/// Calls the driver itself where it is known. Its future holds all that it takes to open a connection, which is much: it is
/// boxed by itself, and not together with those of the other drivers.
macro_rules! on_driver {
    ($self:ident, $method:ident, $otherwise:ident, $statement:ident) => {
        match &$self.0 {
            Inner::Transaction(transaction) => transaction.$otherwise($statement),
            Inner::Pool(connection) => match &connection.inner {
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

    /// Statements that are done together or not at all.
    pub(crate) async fn begin(db: &DatabaseConnection) -> Result<Self, DbErr> {
        Ok(Self(Inner::Transaction(Arc::new(db.begin().await?))))
    }

    /// Makes the statements of a transaction last. A transaction that is dropped before is rolled back.
    pub(crate) async fn commit(self) -> Result<(), DbErr> {
        match self.0 {
            Inner::Pool(_) => Ok(()),
            Inner::Transaction(transaction) => match Arc::try_unwrap(transaction) {
                Ok(transaction) => transaction.commit().await,
                Err(_) => Err(DbErr::Custom("a hook kept the transaction beyond its end".to_owned())),
            },
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
        delegate!(self, connection => connection.get_database_backend())
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let span = span_of(&statement);
        traced(span, delegate!(self, connection => connection.execute_raw(statement))).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        delegate!(self, connection => connection.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Connection::query_one_raw(self, statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        Connection::query_all_raw(self, statement).await
    }
}
