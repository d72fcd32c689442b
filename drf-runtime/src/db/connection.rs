use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    Statement, StatementBuilder, TransactionTrait,
};

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

    /// The methods of [`ConnectionTrait`] without its boxes, for the statements of every request.
    pub(crate) async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        delegate!(self, connection => connection.query_all_raw(statement).await)
    }

    pub(crate) async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        delegate!(self, connection => connection.query_one_raw(statement).await)
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
        delegate!(self, connection => connection.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        delegate!(self, connection => connection.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        delegate!(self, connection => connection.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        delegate!(self, connection => connection.query_all_raw(statement).await)
    }
}
