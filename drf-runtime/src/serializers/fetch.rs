//! The fetch of a serializer's rows: one statement, and one for each relation to many.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use indexmap::IndexSet;
use sea_orm::sea_query::{Alias, Expr, IntoIden, LockType, SelectExpr};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Value};

use super::description::SerializerDescription;
use super::plan::{Batch, Plan};
use super::representation::write_lists;
use super::save::lock_row;
use crate::db::{Connection, Key, MAX_KEYS, QuerySet, Row, Shape, StatementCache, columns_of, model_columns};
use crate::exceptions;
use crate::request::Request;
use crate::schema::{Column, ColumnPath, Entity, Relation};

/// Rows with the columns of their serializer.
#[derive(Debug)]
pub(crate) struct FetchedRows {
    pub(crate) rows: Vec<QueryResult>,
    pub(super) related: Vec<Lists>,
}

impl FetchedRows {
    /// Rows without others that are related to them.
    pub(crate) fn own(rows: Vec<QueryResult>) -> Self {
        Self { rows, related: Vec::new() }
    }
}

/// The items of the related rows, as JSON, by the key of the row they belong to.
pub(super) type Lists = HashMap<Key, Vec<Vec<u8>>>;

/// Fetches the columns of a serializer of a set of rows: one statement, and one for each relation to many.
pub(crate) async fn fetch(
    request: Option<&Request>,
    description: &'static SerializerDescription,
    queryset: QuerySet,
    with_model: bool,
    db: &Connection,
) -> Result<FetchedRows, DbErr> {
    let mut queryset = queryset;
    let cells = cells(description.plan(), &mut queryset, with_model, db);
    let rows = queryset.fetch(db, cells).await?;
    with_related(request, description.plan(), rows, db).await
}

/// Fetches the columns of a serializer of the row with a value in a column. Where every row is in scope, the statement is
/// the same each time and is not made anew.
pub(crate) async fn fetch_row(
    request: Option<&Request>,
    description: &'static SerializerDescription,
    queryset: QuerySet,
    (column, value): (&'static Column, Value),
    with_model: bool,
    db: &Connection,
) -> Result<FetchedRows, DbErr> {
    if !queryset.is_whole() {
        return fetch(request, description, queryset.matching(column, value, db), with_model, db).await;
    }
    // no row has a value that the column cannot hold
    let Ok(parameter) = db.storage(column).bind(value.clone()) else {
        return Ok(FetchedRows::own(Vec::new()));
    };
    let statement = description.statement_cache.statement(shape(column, with_model, db), parameter, || {
        let mut queryset = queryset.matching(column, value, db);
        let cells = cells(description.plan(), &mut queryset, with_model, db);
        queryset.select(cells)
    });
    let rows = db.query_all_raw(statement).await?;
    with_related(request, description.plan(), rows, db).await
}

/// Fetches the columns of a serializer of the rows with some primary keys, in their order.
pub(crate) async fn fetch_keys(
    request: Option<&Request>,
    description: &'static SerializerDescription,
    entity: &'static Entity,
    keys: &[Value],
    db: &Connection,
) -> Result<FetchedRows, DbErr> {
    let storage = db.storage(entity.primary_key());
    let mut found: HashMap<Key, QueryResult> = HashMap::with_capacity(keys.len());
    for keys in keys.chunks(MAX_KEYS) {
        let key = Expr::col((Alias::new(entity.table), Alias::new(entity.primary_key().name)));
        let among = storage.is_among(key.clone(), keys.iter().cloned());
        let mut queryset = QuerySet::all(entity).filter(among).single();
        let mut cells = cells(description.plan(), &mut queryset, false, db);
        let at = cells.len();
        let alias = Some(Alias::new("__key").into_iden());
        cells.push(SelectExpr { expr: storage.selected(key), alias, window: None });
        for row in queryset.fetch(db, cells).await? {
            if let Some(key) = Row::new(&row).key(at, entity.primary_key())? {
                found.insert(key, row);
            }
        }
    }
    let rows = keys.iter().filter_map(|key| found.remove(&Key::of(key))).collect();
    with_related(request, description.plan(), rows, db).await
}

/// Fetches the columns of the model with a value in a column. Where every row is in scope, the statement is cached.
pub(crate) async fn fetch_model(
    queryset: QuerySet,
    (column, value): (&'static Column, Value),
    db: &Connection,
) -> Result<Option<QueryResult>, DbErr> {
    let entity = queryset.entity();
    let columns = || model_columns(entity, db, true).collect();
    if !queryset.is_whole() {
        return Ok(queryset.matching(column, value, db).fetch(db, columns()).await?.into_iter().next());
    }
    // no row has a value that the column cannot hold
    let Ok(parameter) = db.storage(column).bind(value.clone()) else { return Ok(None) };
    let make = || queryset.clone().matching(column, value.clone(), db).select(columns());
    let statement = StatementCache::of_model(entity).statement(shape(column, true, db), parameter, make);
    db.query_one_raw(statement).await
}

fn shape(column: &Column, with_model: bool, db: &Connection) -> Shape {
    Shape { backend: db.get_database_backend(), database: db.database(), column: column.name, with_model }
}

/// Fetches the columns of the model with a value in a column, and locks the row until the end of the transaction. Django's
/// `select_for_update`.
pub(crate) async fn fetch_locked(
    queryset: QuerySet,
    (column, value): (&'static Column, Value),
    db: &Connection,
) -> exceptions::Result<Option<QueryResult>> {
    let (entity, whole) = (queryset.entity(), queryset.is_whole());
    let queryset = queryset.matching(column, value, db);
    // A transaction of SQLite locks the whole database.
    if db.get_database_backend() == DbBackend::Sqlite {
        return Ok(queryset.fetch(db, model_columns(entity, db, true).collect()).await?.into_iter().next());
    }
    if whole {
        let mut statement = queryset.select(model_columns(entity, db, true).collect());
        return Ok(db.one(statement.lock(LockType::Update)).await?);
    }
    // PostgreSQL locks no rows of a statement with DISTINCT, GROUP BY or an outer join, and the lock must not reach rows
    // outside of the scope: the row is looked up in its scope, locked, and looked up again as it is by then.
    let primary_key = entity.primary_key();
    let key = db.storage(primary_key).selected(queryset.own(primary_key));
    let rows = queryset.fetch(db, vec![key.into()]).await?;
    let Some(key) = rows.first().map(|row| Row::new(row).key(0, primary_key)).transpose()?.flatten() else {
        return Ok(None);
    };
    if !lock_row(entity, &key.to_value(), db).await? {
        return Ok(None);
    }
    Ok(queryset.fetch(db, model_columns(entity, db, true).collect()).await?.into_iter().next())
}

async fn with_related(
    request: Option<&Request>,
    plan: &'static Plan,
    rows: Vec<QueryResult>,
    db: &Connection,
) -> Result<FetchedRows, DbErr> {
    let mut related = Vec::with_capacity(plan.batches.len());
    for batch in &plan.batches {
        related.push(fetch_batch(request, batch, &rows, db).await?);
    }
    Ok(FetchedRows { rows, related })
}

/// Returns the expressions of the cells; then the columns of whole rows, where they are needed.
fn cells(plan: &Plan, queryset: &mut QuerySet, with_model: bool, db: &Connection) -> Vec<SelectExpr> {
    let mut cells = plain_cells(plan, queryset, db);
    let own = plan.models.iter().any(|model| model.relations.is_empty());
    if with_model && !own {
        cells.extend(model_columns(queryset.entity(), db, true));
    }
    whole_rows(plan, queryset, &mut cells, db);
    if cells.is_empty() {
        cells.push(Expr::val(1).into());
    }
    cells
}

fn plain_cells(plan: &Plan, queryset: &mut QuerySet, db: &Connection) -> Vec<SelectExpr> {
    let mut cells: Vec<SelectExpr> = Vec::with_capacity(plan.cells.len());
    for path in &plan.cells {
        let column = queryset.column(path);
        // The model is read by name, so what is not of its table must not have a name of its columns.
        let alias = (!path.relations.is_empty()).then(|| Alias::new(&path.name).into_iden());
        cells.push(SelectExpr { expr: db.storage(path.column).selected(column), alias, window: None });
    }
    cells
}

fn whole_rows(plan: &Plan, queryset: &mut QuerySet, cells: &mut Vec<SelectExpr>, db: &Connection) {
    for model in &plan.models {
        let table = queryset.join(&model.relations);
        for mut cell in columns_of(model.entity, Some(table), db) {
            let name = cell.alias.take().map(|name| format!("{}{name}", model.prefix));
            cells.push(SelectExpr { alias: name.map(|name| Alias::new(name).into_iden()), ..cell });
        }
    }
}

type Fetching<'a> = Pin<Box<dyn Future<Output = Result<Lists, DbErr>> + Send + 'a>>;

/// Returns the related rows of a page, and those behind them, as JSON.
fn fetch_batch<'a>(
    request: Option<&'a Request>,
    batch: &'static Batch,
    rows: &'a [QueryResult],
    db: &'a Connection,
) -> Fetching<'a> {
    Box::pin(async move {
        let mut keys = IndexSet::with_capacity(rows.len());
        for row in rows {
            keys.extend(Row::new(row).key(batch.key, batch.column)?);
        }
        let mut related = Vec::new();
        for keys in keys.into_iter().collect::<Vec<_>>().chunks(MAX_KEYS) {
            let (mut queryset, parent) = QuerySet::related(&batch.relation, batch.column, keys, db);
            let mut cells = plain_cells(&batch.plan, &mut queryset, db);
            cells.push(SelectExpr {
                expr: parent,
                alias: Some(Alias::new("__parent").into_iden()),
                window: None,
            });
            whole_rows(&batch.plan, &mut queryset, &mut cells, db);
            related.extend(queryset.fetch(db, cells).await?);
        }
        write_lists(request, batch, &with_related(request, &batch.plan, related, db).await?)
    })
}

impl QuerySet {
    /// Returns the rows behind a relation to many of the rows with some keys, and the cell that says whose they are.
    fn related(relation: &Relation, column: &'static Column, keys: &[Key], db: &Connection) -> (Self, Expr) {
        let mut queryset = QuerySet::all(relation.to);
        let storage = db.relation_storage(relation, column);
        let parent = match &relation.through {
            Some(through) => {
                let between = queryset.join_through(through, &relation.to_column);
                Expr::col((between, through.from_column.clone()))
            }
            None => Expr::col((Alias::new(relation.to.table), relation.to_column.clone())),
        };
        let among = storage.is_among(parent.clone(), keys.iter().map(Key::to_value));
        (queryset.filter(among), storage.selected(parent))
    }
}

/// Returns the columns that a write returns: those of the serializer where they are all of the row itself, and what the model needs
/// beside them.
pub(crate) fn returned(description: &'static SerializerDescription, db: &Connection) -> Vec<SelectExpr> {
    let Some(entity) = description.entity else { return Vec::new() };
    let model = model_columns(entity, db, false);
    if !description.plan().is_own() {
        return model.collect();
    }
    let cell =
        |path: &ColumnPath| db.storage(path.column).selected(Expr::col(Alias::new(path.column.name))).into();
    let mut cells: Vec<SelectExpr> = description.plan().cells.iter().map(cell).collect();
    let plain = |cell: &SelectExpr| matches!(cell.expr, Expr::Column(_));
    let shown = |name: &str| description.plan().cells.iter().any(|path| path.column.name == name);
    cells
        .extend(model.filter(|cell| {
            !plain(cell) || !cell.alias.as_ref().is_some_and(|name| shown(&name.to_string()))
        }));
    cells
}
