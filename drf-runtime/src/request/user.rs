//! The user as a row: its primary key, as other rows store it, and the whole.

use std::sync::Arc;

use sea_orm::EntityTrait;
use sea_orm::sea_query::ValueType;

use super::Request;
use crate::accounts::{UserModel, get_user};
use crate::db::into_rust;
use crate::exceptions::{APIException, Error, Result};
use crate::schema::KeyOf;

impl Request {
    /// Returns the primary key of the authenticated user, in the type that the entity of the users has it: what a foreign key to
    /// the user stores.
    ///
    /// ```
    /// # use bookshop::{ReviewSerializer, review, user};
    /// # use drf::prelude::*;
    /// async fn set_owner(request: &Request, mut review: Create<'_, ReviewSerializer>) -> Result<Saved<review::Entity>> {
    ///     review.model.owner_id = Set(request.user_id::<user::Entity>()?);
    ///     review.save().await
    /// }
    /// ```
    ///
    /// # Errors
    /// [`APIException::not_authenticated`] for an anonymous user; [`Error::Internal`] if the entity has keys of a type that cannot
    /// hold the user's key.
    pub fn user_id<E: EntityTrait>(&self) -> Result<KeyOf<E>>
    where
        KeyOf<E>: ValueType,
    {
        if !self.user().is_authenticated() {
            return Err(APIException::not_authenticated().into());
        }
        let pk = self.user().pk();
        let key = into_rust(pk.clone(), &KeyOf::<E>::array_type()).ok();
        key.and_then(|key| <KeyOf<E> as ValueType>::try_from(key).ok()).ok_or_else(|| {
            let (of, entity) = (KeyOf::<E>::type_name(), std::any::type_name::<E>());
            Error::internal(format!(
                "the key {pk} of the user is no `{of}`, the type of the keys of `{entity}`"
            ))
        })
    }

    /// Returns the row of the authenticated user. Where authentication has read the whole row already, as it does for users of
    /// the project's own, it costs no further statement.
    ///
    /// ```
    /// use drf::authentication::models::user;
    /// use drf::prelude::*;
    ///
    /// #[api_view(GET)]
    /// async fn whoami(request: &Request) -> Result<Response> {
    ///     Ok(Response::ok(request.user_as::<user::Model>().await?.email.as_str()))
    /// }
    /// ```
    ///
    /// # Errors
    /// [`APIException::not_authenticated`] for an anonymous user and for one whose row is gone; those of the database.
    pub async fn user_as<M: UserModel>(&self) -> Result<Arc<M>> {
        if let Some(user) = self.user().downcast::<M>() {
            return Ok(user);
        }
        if let Some(row) = self.user_row.get().and_then(|row| row.clone().downcast::<M>().ok()) {
            return Ok(row);
        }
        let row: Arc<M> = Arc::new(self.find_user().await?);
        // Another part of the handler may have found it at the same time.
        let _ = self.user_row.set(row.clone());
        Ok(row)
    }

    async fn find_user<M: UserModel>(&self) -> Result<M> {
        let pk = self.user().pk();
        let found = if self.user().is_authenticated() { get_user(self.db(), pk).await? } else { None };
        Ok(found.ok_or_else(APIException::not_authenticated)?)
    }
}
