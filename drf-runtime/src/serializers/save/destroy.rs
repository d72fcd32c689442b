//! Deleting a row, and what depends on it.

use std::fmt;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ActiveModelBehavior, EntityTrait, IntoActiveModel, Value};

use super::lock::lock_row;
use crate::db::Connection;
use crate::deletion::{Cascades, DeletionPlan, RowsWhere, delete_dependents, protected};
use crate::exceptions::Result;
use crate::request::Request;
use crate::schema::{Entity, Relation};
use crate::serializers::primary_key_of;

/// A row that is to be removed: what `perform_destroy` gets.
pub struct Destroy<'a, E: EntityTrait> {
    /// The row
    pub instance: E::Model,
    request: &'a Request,
    db: &'a Connection,
}

impl<'a, E> Destroy<'a, E>
where
    E: EntityTrait<ActiveModel: Send>,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    /// Creates a row that is there still.
    pub fn new(request: &'a Request, instance: E::Model, db: &'a Connection) -> Self {
        Self { instance, request, db }
    }

    /// Deletes the row. Django's `instance.delete()`.
    ///
    /// Its many-to-many links are deleted with it. Rows that reference it by a foreign key are deleted, changed, or protect it, as the
    /// `on_delete` of their entity says; those of relations in the viewset's `cascade(..)` are deleted.
    ///
    /// # Errors
    /// [`Error::Protected`](crate::exceptions::Error::Protected) if the row, or one that would be deleted with it, is protected.
    pub async fn delete(self) -> Result<()> {
        let key = primary_key_of::<E>(&self.instance);
        let model = self.instance.into_active_model().before_delete(self.db).await?;
        delete_row(Entity::of::<E>(), key, self.request, self.db).await?;
        model.after_delete(self.db).await?;
        Ok(())
    }

    /// Returns the connection of this operation, with its transaction.
    pub fn db(&self) -> &'a Connection {
        self.db
    }
}

/// Deletes the row with a key, and what depends on it. Boxed, so that it is compiled here and not for each entity.
fn delete_row<'a>(
    entity: &'static Entity,
    key: Value,
    request: &'a Request,
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let plan = deletion_plan(request, entity, db).await?;
        if plan.is_one_statement(request.in_transaction()) {
            return match delete_one(entity, key, db).await? {
                0 => Err(entity.not_found().into()),
                _ => Ok(()),
            };
        }
        if request.in_transaction() {
            return delete_with_dependents(&plan, entity, key, db).await;
        }
        let transaction = request.begin_transaction().await?;
        delete_with_dependents(&plan, entity, key, &transaction).await?;
        transaction.commit().await
    })
}

/// Returns the plan for the deletion of rows of an entity, with the `cascade(..)` of the viewset if it is its entity.
pub(crate) async fn deletion_plan(
    request: &Request,
    entity: &'static Entity,
    db: &Connection,
) -> Result<Arc<DeletionPlan>> {
    let view = request.resolver_match().resource();
    let own = view.entity.is_some_and(|own| std::ptr::eq(own, entity)) && !view.cascade.is_empty();
    let (paths, owner) = match own {
        true => (view.cascade.as_slice(), view.cascade.as_ptr().addr()),
        false => ([].as_slice(), 0),
    };
    request.app().deletions().plan(entity, Cascades { paths, from: entity }, owner, db).await
}

async fn delete_with_dependents(
    plan: &DeletionPlan,
    entity: &'static Entity,
    key: Value,
    db: &Connection,
) -> Result<()> {
    // Otherwise another request could add dependent rows after those that are there have gone.
    if !lock_row(entity, &key, db).await? {
        return Err(entity.not_found().into());
    }
    for path in &plan.detached {
        cascade(path, entity, &key, db).await?;
    }
    let rows = RowsWhere { column: entity.primary_key(), value: key.clone() };
    delete_dependents(plan, rows, db).await?;
    delete_one(entity, key, db).await.map(drop)
}

/// Deletes the row with a key; returns the number of rows.
async fn delete_one(entity: &'static Entity, key: Value, db: &Connection) -> Result<u64> {
    let mut statement = Query::delete();
    statement.from_table(entity.table_ref.clone());
    let own = Expr::col(Alias::new(entity.primary_key().name));
    statement.and_where(db.storage(entity.primary_key()).has(own, key));
    let deleted = db.run(&statement).await.map_err(|error| protected(entity, error))?;
    Ok(deleted.rows_affected())
}

/// Deletes the rows behind a path of relations that belong to the row of an entity with a key.
pub(super) async fn cascade(
    path: &[Relation],
    entity: &'static Entity,
    key: &Value,
    db: &Connection,
) -> Result<()> {
    let Some((last, before)) = path.split_last() else { return Ok(()) };
    let mut statement = Query::delete();
    let column = match &last.through {
        Some(through) => {
            statement.from_table(through.table_ref.clone());
            Expr::col(through.from_column.clone())
        }
        None => {
            statement.from_table(last.to.table_ref.clone());
            Expr::col(last.to_column.clone())
        }
    };
    statement.and_where(match starts(before, last, (entity, key), db) {
        None => db.start_storage(last, entity).has(column, key.clone()),
        Some(starts) => column.in_subquery(starts),
    });
    db.run(&statement).await.map_err(|error| protected(last.to, error))?;
    Ok(())
}

/// Returns the keys of the rows where the last relation of a path starts; `None` for the row itself.
fn starts(
    before: &[Relation],
    last: &Relation,
    (entity, key): (&'static Entity, &Value),
    db: &Connection,
) -> Option<SelectStatement> {
    let (relation, earlier) = before.split_last()?;
    let mut statement = SelectStatement::new();
    statement.expr(Expr::col(last.from_column.clone())).from(relation.to.table_ref.clone());
    let column = Expr::col(relation.to_column.clone());
    statement.and_where(match starts(earlier, relation, (entity, key), db) {
        None => db.start_storage(relation, entity).has(column, key.clone()),
        Some(starts) => column.in_subquery(starts),
    });
    Some(statement)
}

impl<E: EntityTrait> fmt::Debug for Destroy<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Destroy").field("instance", &self.instance).finish_non_exhaustive()
    }
}
