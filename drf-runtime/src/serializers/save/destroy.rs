//! Deleting a row, and what depends on it.

use std::fmt;

use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ActiveModelBehavior, DbErr, EntityTrait, IntoActiveModel, Value};

use super::lock::lock_row;
use crate::db::Connection;
use crate::entity::{Entity, Relation};
use crate::exceptions::{ConstraintKind, Error, Result};
use crate::request::Request;
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
    /// A row that is there still.
    pub fn new(request: &'a Request, instance: E::Model, db: &'a Connection) -> Self {
        Self { instance, request, db }
    }

    /// Deletes the row, and first those of the relations in the viewset's `cascade(..)`. Django's `instance.delete()`.
    ///
    /// # Errors
    /// [`Error::Protected`] if other rows point at it still.
    pub async fn delete(self) -> Result<()> {
        let key = primary_key_of::<E>(&self.instance);
        let model = self.instance.into_active_model().before_delete(self.db).await?;
        delete_row(Entity::of::<E>(), key, self.request, self.db).await?;
        model.after_delete(self.db).await?;
        Ok(())
    }

    /// Where the statements go: inside the transaction of this operation.
    pub fn db(&self) -> &'a Connection {
        self.db
    }
}

/// Deletes the row with a key, and first those that depend on it. Boxed, so that it is compiled here and not for each
/// entity.
fn delete_row<'a>(
    entity: &'static Entity,
    key: Value,
    request: &'a Request,
    db: &'a Connection,
) -> BoxFuture<'a, Result<()>> {
    Box::pin(async move {
        let dependent = &request.view().description.cascade;
        // Otherwise another request could add dependent rows after those that are there have gone.
        if !dependent.is_empty() && request.in_transaction() && !lock_row(entity, &key, db).await? {
            return Err(crate::views::not_found(entity).into());
        }
        for path in dependent {
            cascade(path, entity, &key, db).await?;
        }
        let mut statement = Query::delete();
        statement.from_table(entity.table_ref.clone());
        let own = Expr::col(Alias::new(entity.primary_key().name));
        statement.and_where(db.storage(entity.primary_key()).has(own, key.clone()));
        let deleted = db.run(&statement).await.map_err(|error| protected(entity, error))?;
        if deleted.rows_affected() == 0 {
            return Err(crate::views::not_found(entity).into());
        }
        // In a transaction, a deferred key would be violated at the commit only, after hooks have gone on.
        let foreign_keys = request.app().foreign_keys();
        match request.in_transaction() && foreign_keys.is_referenced(entity, &key, db).await? {
            true => Err(Error::Protected(entity.object_name.clone())),
            false => Ok(()),
        }
    })
}

/// A foreign key that refuses: others point at the row.
pub(super) fn protected(entity: &Entity, error: DbErr) -> Error {
    match Error::from(error) {
        Error::Integrity(error) if error.kind() == ConstraintKind::ForeignKey => {
            Error::Protected(entity.object_name.clone())
        }
        other => other,
    }
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

/// The keys of the rows where the last relation of a path starts; `None` for the row itself.
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
