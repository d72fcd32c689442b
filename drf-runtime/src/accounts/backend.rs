//! The users of an app, whatever their model is.

use std::fmt::Debug;
use std::marker::PhantomData;

use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, SelectStatement};
use sea_orm::{EntityTrait, Iden, IdenStatic, Value};

use super::models::token;
use super::{PasswordHasher, User, UserModel};
use crate::db::{Connection, QuerySet, model_columns};
use crate::exceptions::{Error, Result};
use crate::schema::Entity;

/// Finds users by what they send. Django's `ModelBackend`.
pub(crate) trait UserBackend: Debug + Send + Sync {
    /// Returns the entity of the users.
    fn entity(&self) -> &'static Entity;

    /// Returns the owner of a token, who may be inactive.
    fn by_token<'a>(&'a self, key: &'a str, db: &'a Connection) -> BoxFuture<'a, Result<Option<User>>>;

    /// Returns the active user with a name and a password.
    fn log_in<'a>(&'a self, log_in: LogIn<'a>) -> BoxFuture<'a, Result<Option<User>>>;
}

/// A name and a password, and what checks them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogIn<'a> {
    pub(crate) username: &'a str,
    pub(crate) password: &'a str,
    pub(crate) hasher: PasswordHasher,
    pub(crate) reads: &'a Connection,
    pub(crate) writes: &'a Connection,
}

/// Users that are rows of a model.
pub(crate) struct ModelBackend<M>(PhantomData<fn() -> M>);

impl<M> ModelBackend<M> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<M> Debug for ModelBackend<M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ModelBackend").field(&std::any::type_name::<M>()).finish()
    }
}

impl<M: UserModel> UserBackend for ModelBackend<M> {
    fn entity(&self) -> &'static Entity {
        Entity::of::<M::Entity>()
    }

    fn by_token<'a>(&'a self, key: &'a str, db: &'a Connection) -> BoxFuture<'a, Result<Option<User>>> {
        Box::pin(async move {
            let owned = owners(self.entity(), key, db);
            Ok(fetch::<M>(owned, db).await?.pop().map(User::from))
        })
    }

    fn log_in<'a>(&'a self, log_in: LogIn<'a>) -> BoxFuture<'a, Result<Option<User>>> {
        Box::pin(async move {
            let LogIn { username, password, hasher, reads, writes } = log_in;
            let found = having::<M>(M::USERNAME_FIELD, username, reads).await?;
            Ok(hasher.log_in(found, username, password, writes).await?.map(User::from))
        })
    }
}

/// Returns the user with a primary key, if there is one, active or not: for authentication classes. Django's `get_user`.
///
/// ```
/// use drf::authentication::models::user;
/// use drf::authentication::{Auth, User, get_user};
/// use drf::prelude::*;
///
/// /// `X-User-Id` names the user: only behind a proxy that sets it.
/// #[derive(Debug)]
/// struct HeaderUser;
///
/// impl Authentication for HeaderUser {
///     async fn authenticate(&self, request: &Request) -> Result<Option<(User, Option<Auth>)>> {
///         let Some(id) = request.headers().get("x-user-id").and_then(|id| id.to_str().ok()) else {
///             return Ok(None);
///         };
///         let user = match id.parse::<i32>() {
///             Ok(id) => get_user::<user::Model>(request.db(), id).await?.filter(|user| user.is_active),
///             Err(_) => None,
///         };
///         let user = user.ok_or_else(|| APIException::authentication_failed("User inactive or deleted."))?;
///         Ok(Some((user.into(), None)))
///     }
/// }
/// ```
///
/// # Errors
/// Those of the database.
pub async fn get_user<M: UserModel>(db: &Connection, pk: impl Into<Value>) -> Result<Option<M>> {
    let queryset = QuerySet::all(Entity::of::<M::Entity>()).with_key(pk.into(), db);
    Ok(fetch(queryset, db).await?.pop())
}

/// Returns the users with a value in a column: none, one, or two where the column is not unique.
pub(super) async fn having<M: UserModel>(
    column: <M::Entity as EntityTrait>::Column,
    value: &str,
    db: &Connection,
) -> Result<Vec<M>> {
    let (entity, name) = (Entity::of::<M::Entity>(), column.as_str());
    let column = entity.column_named(name);
    let column =
        column.ok_or_else(|| Error::internal(format!("`{}` has no column `{name}`", entity.object_name)))?;
    fetch(QuerySet::all(entity).matching(column, value.into(), db).slice(0, 2), db).await
}

async fn fetch<M: UserModel>(queryset: QuerySet, db: &Connection) -> Result<Vec<M>> {
    let columns = model_columns(Entity::of::<M::Entity>(), db, true).collect();
    let rows = queryset.fetch(db, columns).await?;
    Ok(rows.iter().map(|row| M::from_query_result(row, "")).collect::<Result<_, _>>()?)
}

/// Returns the users who own a token: one or none.
fn owners(entity: &'static Entity, key: &str, db: &Connection) -> QuerySet {
    let tokens = Entity::of::<token::Entity>();
    let own = Expr::col(Alias::new(tokens.primary_key().name));
    let mut owners = SelectStatement::new();
    owners.expr(Expr::col(Alias::new(token::Column::UserId.unquoted()))).from(tokens.table_ref.clone());
    owners.and_where(db.storage(tokens.primary_key()).has(own, key.into()));
    let queryset = QuerySet::all(entity);
    let is_owner = queryset.own(entity.primary_key()).in_subquery(owners);
    queryset.filter(is_owner)
}
