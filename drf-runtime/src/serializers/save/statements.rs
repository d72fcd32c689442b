//! `INSERT` and `UPDATE` of one row, with the row as it is then.

use futures_util::future::BoxFuture;
use indexmap::IndexMap;
use sea_orm::sea_query::{
    Alias, Expr, ExprTrait, InsertStatement, Query, ReturningClause, SelectExpr, SelectStatement,
};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QueryResult, Statement, StatementBuilder, Value};

use super::column_values::{ColumnValues, Verb};
use crate::db::{Connection, MAX_PARAMETERS, Row, Unfit};
use crate::exceptions::{DataError, Detail, Error, Result, ValidationError};
use crate::fields::FieldDescription;
use crate::request::Request;
use crate::schema::{Column, Entity};
use crate::serializers::{SerializerDescription, returned};

/// Inserts a row. What comes back is the columns of the serializer and the model.
pub(super) fn insert<'a, E: EntityTrait>(
    model: &E::ActiveModel,
    description: &'static SerializerDescription,
    db: &'a Connection,
) -> BoxFuture<'a, Result<QueryResult>> {
    insert_columns(Entity::of::<E>(), ColumnValues::of::<E>(model, db), description, db)
}

/// Boxed, so that it is compiled here and not for each entity.
fn insert_columns<'a>(
    entity: &'static Entity,
    values: ColumnValues,
    description: &'static SerializerDescription,
    db: &'a Connection,
) -> BoxFuture<'a, Result<QueryResult>> {
    Box::pin(insert_row(entity, values.with_defaults(db), description, db))
}

/// Inserts rows in one statement where the database can give them back, in their order.
pub(super) async fn insert_all<E: EntityTrait>(
    models: &[E::ActiveModel],
    description: &'static SerializerDescription,
    request: &Request,
    db: &Connection,
) -> Result<Vec<QueryResult>> {
    let entity = Entity::of::<E>();
    let rows: Vec<_> =
        models.iter().map(|model| ColumnValues::of::<E>(model, db).with_defaults(db)).collect();
    check_all(&rows, description)?;
    let mut inserted = Vec::with_capacity(rows.len());
    if !returns_rows(db) || rows.iter().any(ColumnValues::is_empty) {
        let length = rows.len();
        for (index, row) in rows.into_iter().enumerate() {
            let row = insert_row(entity, row, description, db).await;
            inserted.push(row.map_err(|error| in_list(refused(error, description, request), index, length))?);
        }
        return Ok(inserted);
    }
    // A column that only some rows set has its default in the others. PostgreSQL has a word for it; SQLite has not, and a
    // further statement costs it little.
    let is_sqlite = db.get_database_backend() == DbBackend::Sqlite;
    for rows in rows.chunk_by(|row, next| !is_sqlite || row.has_columns_of(next)) {
        for statement in insertions(entity, rows, description, db) {
            let rows = db.all(&statement).await;
            inserted.extend(rows.map_err(|error| refused(error.into(), description, request))?);
        }
    }
    Ok(inserted)
}

/// Returns the statements that insert some rows, each with as many as it may have parameters.
fn insertions(
    entity: &'static Entity,
    rows: &[ColumnValues],
    description: &'static SerializerDescription,
    db: &Connection,
) -> Vec<InsertStatement> {
    let set = |column: &&Column| rows.iter().any(|row| row.value_of(column, db).is_some());
    let columns: Vec<_> = entity.columns.iter().filter(set).collect();
    let insertion = |rows: &[ColumnValues]| {
        let mut statement = Query::insert();
        statement.into_table(entity.table_ref.clone());
        statement.columns(columns.iter().map(|column| Alias::new(column.name)));
        for row in rows {
            let value = |column: &&Column| row.value_of(column, db).unwrap_or_else(|| Expr::cust("DEFAULT"));
            statement.values_panic(columns.iter().map(value));
        }
        statement.returning(returning(description, db));
        statement
    };
    rows.chunks((MAX_PARAMETERS / columns.len().max(1)).max(1)).map(insertion).collect()
}

async fn insert_row(
    entity: &'static Entity,
    values: ColumnValues,
    description: &'static SerializerDescription,
    db: &Connection,
) -> Result<QueryResult> {
    check(&values, description)?;
    let values = if returns_rows(db) { values } else { with_computed_key(entity, values, db).await? };
    let gone = || Error::internal("the database does not tell which row was inserted");
    let make = |values: &ColumnValues| {
        let mut statement = Query::insert();
        statement.into_table(entity.table_ref.clone());
        if values.is_empty() {
            statement.or_default_values();
        } else {
            statement.columns(values.names());
            statement.values_panic(values.exprs(db).map(|(_, value)| value));
        }
        statement
    };
    if returns_rows(db) {
        let returning = |values: &ColumnValues| make(values).returning(returning(description, db)).to_owned();
        let statement = statement(Verb::Insert, values, None, returning, description, db);
        return first(db, statement).await?.ok_or_else(gone);
    }
    let key = values.value_of(entity.primary_key(), db);
    let done = db.run(&make(&values)).await?;
    let key = match key {
        Some(key) => key,
        None if done.last_insert_id() == 0 => return Err(gone()),
        None => {
            let storage = db.storage(entity.primary_key());
            storage.operand(storage.bind(done.last_insert_id().into()).map_err(ValidationError::from)?)
        }
    };
    let row = select_row(entity, returned(description, db), key, db).await?;
    // Another request may have deleted it already.
    row.ok_or_else(|| entity.not_found().into())
}

/// Computes a key that is an expression, such as `uuid()`, before the row is inserted: it would be another one when the row is
/// looked for.
async fn with_computed_key(
    entity: &'static Entity,
    values: ColumnValues,
    db: &Connection,
) -> Result<ColumnValues> {
    let Some(key) = values.computed(entity.primary_key()) else { return Ok(values) };
    let mut statement = SelectStatement::new();
    statement.expr(key.cast_as("char"));
    let row = db.one(&statement).await?.ok_or_else(|| Error::internal("a SELECT without a row"))?;
    let key = Row::new(&row).text(0)?.map(str::to_owned);
    Ok(values.with(entity.primary_key(), key.into(), db))
}

/// Updates a row; `None` if there was nothing to change.
pub(super) fn update<'a, E: EntityTrait>(
    model: &E::ActiveModel,
    key: &'a Value,
    description: &'static SerializerDescription,
    db: &'a Connection,
) -> BoxFuture<'a, Result<Option<QueryResult>>> {
    update_columns(Entity::of::<E>(), ColumnValues::of::<E>(model, db), key, description, db)
}

/// Boxed, so that it is compiled here and not for each entity.
fn update_columns<'a>(
    entity: &'static Entity,
    values: ColumnValues,
    key: &'a Value,
    description: &'static SerializerDescription,
    db: &'a Connection,
) -> BoxFuture<'a, Result<Option<QueryResult>>> {
    Box::pin(async move {
        // no row has a key that the column cannot hold
        if db.storage(entity.primary_key()).bind(key.clone()).is_err() {
            return Err(entity.not_found().into());
        }
        check(&values, description)?;
        let values = values.without_key(key, db);
        if values.is_empty() {
            return Ok(None);
        }
        update_row(entity, values, key, description, db).await.map(Some)
    })
}

async fn update_row(
    entity: &'static Entity,
    values: ColumnValues,
    key: &Value,
    description: &'static SerializerDescription,
    db: &Connection,
) -> Result<QueryResult> {
    let gone = || Error::from(entity.not_found());
    let storage = db.storage(entity.primary_key());
    // no row has a key that the column cannot hold
    let key = storage.bind(key.clone()).map_err(|_| gone())?;
    let is_the_row = storage.compared(Expr::col(Alias::new(entity.primary_key().name)));
    let is_the_row = is_the_row.eq(storage.operand(key.clone()));
    let make = |values: &ColumnValues| {
        let mut statement = Query::update();
        statement.table(entity.table_ref.clone());
        statement.values(values.exprs(db).map(|(name, value)| (Alias::new(name), value)));
        statement.and_where(is_the_row.clone());
        statement
    };
    if returns_rows(db) {
        let returning = |values: &ColumnValues| make(values).returning(returning(description, db)).to_owned();
        let statement = statement(Verb::Update, values, Some(&key), returning, description, db);
        return first(db, statement).await?.ok_or_else(gone);
    }
    db.run(&make(&values)).await?;
    select_row(entity, returned(description, db), storage.operand(key), db).await?.ok_or_else(gone)
}

/// Fails if a column cannot hold its value.
fn check(values: &ColumnValues, description: &SerializerDescription) -> Result<()> {
    values.errors(description).map_or(Ok(()), |errors| Err(ValidationError(errors).into()))
}

/// The same for a list of rows, with the errors of each at its place.
fn check_all(rows: &[ColumnValues], description: &SerializerDescription) -> Result<()> {
    let errors: Vec<_> = rows.iter().map(|values| values.errors(description)).collect();
    if errors.iter().all(Option::is_none) {
        return Ok(());
    }
    let fine = || Detail::Dict(IndexMap::new());
    Err(ValidationError(Detail::List(errors.into_iter().map(|errors| errors.unwrap_or_else(fine)).collect()))
        .into())
}

/// Returns the error of a statement whose values the database refused as the client's: of the field whose column it names, or
/// of the object or list. Every other error stays as it is.
pub(super) fn refused(error: Error, description: &SerializerDescription, request: &Request) -> Error {
    let Error::Database(error) = error else { return error };
    let Some(refused) = DataError::of(&error) else { return error.into() };
    tracing::info!(%error, "the database refused a value of the input");
    let has = |field: &&FieldDescription| {
        field.target.is_some_and(|column| Some(column.name) == refused.column.as_deref())
    };
    match description.fields.iter().find(has) {
        Some(field) => ValidationError::of_field(field.name, Unfit::Invalid.into()).into(),
        None => {
            let key = &request.settings().non_field_errors_key;
            ValidationError::of_field(key, Unfit::Refused.into()).into()
        }
    }
}

/// Returns the errors of an object of a list as those of the list.
fn in_list(error: Error, index: usize, length: usize) -> Error {
    match error {
        Error::Api(mut exception) if matches!(exception.detail, Detail::Dict(_)) => {
            let mut items = vec![Detail::Dict(IndexMap::new()); length];
            items[index] = exception.detail;
            exception.detail = Detail::List(items);
            exception.into()
        }
        other => other,
    }
}

/// Returns whether a write gives back its row. SQLite does since 3.35, which is older than the one that sqlx brings along.
fn returns_rows(db: &Connection) -> bool {
    let backend = db.get_database_backend();
    backend == DbBackend::Sqlite || backend.support_returning()
}

/// Returns the statement of a write, from the cache of its serializer where its shape is there.
fn statement<S: StatementBuilder>(
    verb: Verb,
    values: ColumnValues,
    key: Option<&Value>,
    make: impl FnOnce(&ColumnValues) -> S,
    description: &SerializerDescription,
    db: &Connection,
) -> Statement {
    let backend = db.get_database_backend();
    let Some(shape) = values.shape(verb, db) else { return backend.build(&make(&values)) };
    let sql = description.write_cache.text(shape, || backend.build(&make(&values)).sql);
    Statement::from_sql_and_values(backend, sql, values.into_values().chain(key.cloned()))
}

/// Returns the row that a write gives back. The statement is read to its end: a deferred constraint speaks there.
async fn first(db: &Connection, statement: Statement) -> Result<Option<QueryResult>> {
    Ok(db.query_all_raw(statement).await?.into_iter().next())
}

fn returning(description: &'static SerializerDescription, db: &Connection) -> ReturningClause {
    // `RETURNING` of sea-query has no aliases, and the model is read by name.
    let named = |cell: SelectExpr| match (&cell.expr, &cell.alias) {
        (Expr::Column(_), _) | (_, None) => cell.expr,
        // the name is one of the entity's, and the mark that of this engine's parameters
        (_, Some(name)) if db.get_database_backend() == DbBackend::Postgres => {
            Expr::cust_with_exprs(format!("$1 AS \"{name}\""), [cell.expr])
        }
        (_, Some(name)) => Expr::cust_with_exprs(format!("? AS \"{name}\""), [cell.expr]),
    };
    Query::returning().exprs(returned(description, db).into_iter().map(named))
}

async fn select_row(
    entity: &'static Entity,
    cells: Vec<SelectExpr>,
    key: Expr,
    db: &Connection,
) -> Result<Option<QueryResult>> {
    let mut statement = SelectStatement::new();
    statement.exprs(cells).from(entity.table_ref.clone());
    let own = Expr::col(Alias::new(entity.primary_key().name));
    statement.and_where(db.storage(entity.primary_key()).compared(own).eq(key));
    Ok(db.one(&statement).await?)
}
