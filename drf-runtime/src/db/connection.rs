use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;

use sea_orm::sea_query::{DynIden, TableRef};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseConnectionType, DatabaseTransaction, DbBackend, DbErr,
    ExecResult, QueryResult, RuntimeErr, Statement, StatementBuilder, TransactionOptions, Value,
};
use tracing::{Instrument, Level, Span};

use super::begin::begin;
use super::transaction::{Open, Scope};
use super::types::bind_unknown;
use super::{Catalog, Storage};
use crate::schema::{Column, Entity, Relation};

/// A connection of a request to the database: the pool, or the transaction that is open.
///
/// [`Request::db`](crate::Request::db) gives one. It implements sea-orm's `ConnectionTrait` and `TransactionTrait`.
#[derive(Debug, Clone)]
pub struct Connection {
    inner: Inner,
    schema: Arc<Catalog>,
}

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

/// The future of a statement.
type DbFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, DbErr>> + Send + 'a>>;

/// Returns the span `drf.sql` of a statement; none without a subscriber. A disabled span would still cost what `log` asks for.
fn span_of(statement: &Statement) -> Span {
    match tracing::enabled!(Level::DEBUG) {
        true => tracing::debug_span!("drf.sql", statement = statement.sql.as_str()),
        false => Span::none(),
    }
}

/// Awaits the response to a statement, in its span if there is one.
async fn traced<T>(span: Span, answer: DbFuture<'_, T>) -> Result<T, DbErr> {
    if span.is_none() { answer.await } else { answer.instrument(span).await }
}

impl Connection {
    /// Creates a connection outside of requests, for jobs and commands, whose statements each stand for themselves. The types of
    /// the columns of the database are looked up here, so one connection serves for many statements.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn new(pool: &DatabaseConnection) -> Result<Self, DbErr> {
        let connection = Self::pool(pool);
        connection.look_up_types().await?;
        Ok(connection)
    }

    /// Returns statements that each stand for themselves.
    pub(crate) fn pool(db: &DatabaseConnection) -> Self {
        Self { inner: Inner::Pool(db.clone()), schema: Arc::new(Catalog::new()) }
    }

    pub(super) fn transaction(open: Arc<Open>, schema: Arc<Catalog>) -> Self {
        Self { inner: Inner::Transaction(open), schema }
    }

    /// Returns the transaction that is open in a scope, at the time of each statement, or else its pool.
    pub(crate) fn scope(scope: Arc<Scope>) -> Self {
        let schema = scope.schema().clone();
        Self { inner: Inner::Scope(scope), schema }
    }

    /// Returns the schema of the database.
    pub(crate) fn schema(&self) -> &Arc<Catalog> {
        &self.schema
    }

    /// Returns whether the types of the columns of the database are known.
    pub(crate) fn knows_types(&self) -> bool {
        self.schema.is_current()
    }

    /// Looks up the types of the columns of the database, unless they are known. Statements of drf need them.
    pub(crate) async fn look_up_types(&self) -> Result<(), DbErr> {
        match self.knows_types() {
            true => Ok(()),
            false => self.schema.load(self).await,
        }
    }

    /// Fails if a statement was built without the types of the columns, or sent before with other types.
    async fn check(&self, statement: &Statement) -> Result<(), DbErr> {
        if !self.schema.is_known() {
            Box::pin(self.schema.load(self)).await?;
            // The database was not there when the request began: a 503, and the next request finds them known.
            let message = "a statement was built before the columns were known";
            return Err(DbErr::Conn(RuntimeErr::Internal(message.to_owned())));
        }
        self.schema.check(statement)
    }

    /// Returns the number of the database, by which statements are cached.
    pub(crate) fn database(&self) -> u32 {
        self.schema.number()
    }

    /// Returns the way in which a column is stored. As long as the types of the columns are not known, no statement is sent that
    /// depends on it.
    pub(crate) fn storage(&self, column: &'static Column) -> Storage {
        let storage = self.schema.storage(column);
        storage.unwrap_or_else(|| Storage::of_entity(self.get_database_backend(), &column.kind, &column.rust))
    }

    /// Returns the way in which a column of a join table is stored, which has the values of a column of an entity.
    pub(crate) fn storage_like(&self, table: &TableRef, column: &DynIden, like: &Column) -> Storage {
        let storage = self.schema.storage_like(table, column, like);
        storage.unwrap_or_else(|| Storage::of_entity(self.get_database_backend(), &like.kind, &like.rust))
    }

    /// Reports if the database has a table.
    pub(crate) fn has_table(&self, table: &TableRef) -> bool {
        self.schema.has_table(table)
    }

    /// Returns the storage of the column by which the rows behind a relation point at the rows where it starts, or its join table
    /// does. It holds the values of a column of these.
    pub(crate) fn relation_storage(&self, relation: &Relation, column: &'static Column) -> Storage {
        match &relation.through {
            Some(through) => self.storage_like(&through.table_ref, &through.from_column, column),
            None => match relation.to.column_named(&relation.to_column.to_string()) {
                Some(column) => self.storage(column),
                None => self.storage_like(&relation.to.table_ref, &relation.to_column, column),
            },
        }
    }

    /// Returns the same for a relation that starts at the rows of an entity.
    pub(crate) fn start_storage(&self, relation: &Relation, entity: &'static Entity) -> Storage {
        let column = entity.column_named(&relation.from_column.to_string());
        self.relation_storage(relation, column.unwrap_or(entity.primary_key()))
    }

    /// Converts the parameters of a statement that a user wrote.
    fn convert(&self, mut statement: Statement) -> Result<Statement, DbErr> {
        if let Some(values) = &mut statement.values {
            let engine = statement.db_backend;
            values.0.iter_mut().for_each(|value| {
                *value = bind_unknown(std::mem::replace(value, Value::Bool(None)), engine);
            });
        }
        // Other drivers send the types with each execution.
        if statement.db_backend == DbBackend::Postgres {
            self.schema.check(&statement)?;
        }
        Ok(statement)
    }

    async fn query_all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let span = span_of(&statement);
        traced(span, on_driver!(self, query_all, query_all_raw, statement)).await
    }

    async fn query_one(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let span = span_of(&statement);
        traced(span, on_driver!(self, query_one, query_one_raw, statement)).await
    }

    async fn execute(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let span = span_of(&statement);
        traced(span, on_driver!(self, execute, execute_raw, statement)).await
    }

    fn route(&self) -> Route<'_> {
        match &self.inner {
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
            Route::Pool(pool) => begin(pool, options).await,
            Route::Transaction(open) => open.begin_with_options(options).await,
        }
    }

    /// Returns the methods of [`ConnectionTrait`] for the statements of every request, without its boxes in boxes.
    pub(crate) async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.check(&statement).await?;
        self.query_all(statement).await
    }

    pub(crate) async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.check(&statement).await?;
        self.query_one(statement).await
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
        let statement = self.get_database_backend().build(statement);
        self.check(&statement).await?;
        self.execute(statement).await
    }
}

/// The statements of hooks and of sea-orm. Dates and times among their parameters are converted as those of drf are.
#[async_trait::async_trait]
impl ConnectionTrait for Connection {
    fn get_database_backend(&self) -> DbBackend {
        match &self.inner {
            Inner::Pool(pool) => pool.get_database_backend(),
            Inner::Transaction(open) => open.backend(),
            Inner::Scope(scope) => scope.pool().get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        Connection::execute(self, self.convert(statement)?).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self.route() {
            Route::Pool(pool) => pool.execute_unprepared(sql).await,
            Route::Transaction(open) => open.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        Connection::query_one(self, self.convert(statement)?).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        Connection::query_all(self, self.convert(statement)?).await
    }
}
