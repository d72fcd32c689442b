//! `INSERT` and `UPDATE` of one row, with the row as it is then.

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, ReturningClause, SelectExpr, SelectStatement};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ConnectionTrait, EntityTrait, IdenStatic, Iterable, QueryResult, Value,
};

use crate::db::{Connection, for_backend};
use crate::entity::{Column, Entity};
use crate::exceptions::{Error, Result};
use crate::serializers::{SerializerDescription, returned};

/// The columns that a model sets, as they are written to this database.
fn changes<E: EntityTrait>(model: &E::ActiveModel, db: &Connection) -> Vec<(&'static str, Expr)> {
    let entity = Entity::of::<E>();
    let set = |column: E::Column| match model.get(column) {
        ActiveValue::Set(value) => {
            let known = entity.column_named(column.as_str())?;
            Some((known.name, known.value(for_backend(value, db))))
        }
        _ => None,
    };
    E::Column::iter().filter_map(set).collect()
}

/// Inserts a row. What comes back is what the serializer shows and the model needs.
pub(super) async fn insert<E: EntityTrait>(
    model: &E::ActiveModel,
    description: &'static SerializerDescription,
    db: &Connection,
) -> Result<QueryResult> {
    let entity = Entity::of::<E>();
    let values = with_defaults(entity, changes::<E>(model, db));
    insert_row(entity, returned(description, db), values, db).await
}

/// Inserts rows in one statement where the database can give them back, in their order.
pub(super) async fn insert_all<E: EntityTrait>(
    models: &[E::ActiveModel],
    description: &'static SerializerDescription,
    db: &Connection,
) -> Result<Vec<QueryResult>> {
    let entity = Entity::of::<E>();
    let rows = models.iter().map(|model| with_defaults(entity, changes::<E>(model, db)));
    let rows: Vec<_> = rows.collect();
    if !db.get_database_backend().support_returning() || rows.iter().any(Vec::is_empty) {
        let mut inserted = Vec::with_capacity(rows.len());
        for row in rows {
            inserted.push(insert_row(entity, returned(description, db), row, db).await?);
        }
        return Ok(inserted);
    }
    let set = |column: &&Column| rows.iter().flatten().any(|(name, _)| *name == column.name);
    let columns: Vec<_> = entity.columns.iter().filter(set).map(|column| column.name).collect();
    let mut inserted = Vec::with_capacity(rows.len());
    for rows in rows.chunks((MAX_PARAMETERS / columns.len().max(1)).max(1)) {
        let mut statement = Query::insert();
        statement.into_table(entity.table_ref.clone()).columns(columns.iter().map(|name| Alias::new(*name)));
        for row in rows {
            statement.values_panic(columns.iter().map(|name| value_of(row, name)));
        }
        statement.returning(returning(returned(description, db)));
        inserted.extend(db.all(&statement).await?);
    }
    Ok(inserted)
}

/// The fewest that a database takes in one statement: SQLite's, before version 3.32.
const MAX_PARAMETERS: usize = 999;

fn value_of(row: &[(&'static str, Expr)], name: &str) -> Expr {
    let found = row.iter().find(|(column, _)| *column == name);
    found.map_or_else(|| Expr::cust("NULL"), |(_, value)| value.clone())
}

fn with_defaults(
    entity: &'static Entity,
    mut values: Vec<(&'static str, Expr)>,
) -> Vec<(&'static str, Expr)> {
    for column in &entity.columns {
        // Django's tables have no defaults: they are the model's affair.
        if let Some(default) =
            column.default.clone().filter(|_| values.iter().all(|(name, _)| *name != column.name))
        {
            values.push((column.name, default));
        }
    }
    values
}

async fn insert_row(
    entity: &'static Entity,
    cells: Vec<SelectExpr>,
    values: Vec<(&'static str, Expr)>,
    db: &Connection,
) -> Result<QueryResult> {
    let mut statement = Query::insert();
    statement.into_table(entity.table_ref.clone());
    let key =
        values.iter().find(|(name, _)| *name == entity.primary_key().name).map(|(_, value)| value.clone());
    if values.is_empty() {
        statement.or_default_values();
    } else {
        statement.columns(values.iter().map(|(name, _)| Alias::new(*name)));
        statement.values_panic(values.into_iter().map(|(_, value)| value));
    }
    let gone = || Error::internal("the row that was inserted is not there");
    if db.get_database_backend().support_returning() {
        statement.returning(returning(cells));
        return db.one(&statement).await?.ok_or_else(gone);
    }
    let done = db.run(&statement).await?;
    let key = key.unwrap_or_else(|| Expr::val(done.last_insert_id()));
    select_row(entity, cells, key, db).await?.ok_or_else(gone)
}

/// Updates a row; `None` if there was nothing to change.
pub(super) async fn update<E: EntityTrait>(
    model: &E::ActiveModel,
    key: &Value,
    description: &'static SerializerDescription,
    db: &Connection,
) -> Result<Option<QueryResult>> {
    let values = changes::<E>(model, db);
    if values.is_empty() {
        return Ok(None);
    }
    update_row(Entity::of::<E>(), returned(description, db), values, key, db).await.map(Some)
}

async fn update_row(
    entity: &'static Entity,
    cells: Vec<SelectExpr>,
    values: Vec<(&'static str, Expr)>,
    key: &Value,
    db: &Connection,
) -> Result<QueryResult> {
    let mut statement = Query::update();
    statement.table(entity.table_ref.clone());
    statement.values(values.into_iter().map(|(name, value)| (Alias::new(name), value)));
    statement.and_where(Expr::col(Alias::new(entity.primary_key().name)).eq(key.clone()));
    let gone = || crate::views::not_found(entity).into();
    if db.get_database_backend().support_returning() {
        statement.returning(returning(cells));
        return db.one(&statement).await?.ok_or_else(gone);
    }
    db.run(&statement).await?;
    select_row(entity, cells, Expr::val(key.clone()), db).await?.ok_or_else(gone)
}

fn returning(cells: Vec<SelectExpr>) -> ReturningClause {
    // `RETURNING` of sea-query has no aliases, and the model is read by name.
    let named = |cell: SelectExpr| match (&cell.expr, &cell.alias) {
        (Expr::AsEnum(..) | Expr::Column(_), _) | (_, None) => cell.expr,
        (_, Some(name)) => Expr::cust(format!("CAST(\"{name}\" AS real) AS \"{name}\"")),
    };
    Query::returning().exprs(cells.into_iter().map(named))
}

async fn select_row(
    entity: &'static Entity,
    cells: Vec<SelectExpr>,
    key: Expr,
    db: &Connection,
) -> Result<Option<QueryResult>> {
    let mut statement = SelectStatement::new();
    statement.exprs(cells).from(entity.table_ref.clone());
    statement.and_where(Expr::col(Alias::new(entity.primary_key().name)).eq(key));
    Ok(db.one(&statement).await?)
}
