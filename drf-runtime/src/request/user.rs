//! The primary key of the user, as rows store it.

use sea_orm::EntityTrait;
use sea_orm::sea_query::ValueType;

use super::Request;
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
        let id = self.user().id().ok_or_else(APIException::not_authenticated)?;
        let key = into_rust(id.into(), &KeyOf::<E>::array_type()).ok();
        key.and_then(|key| <KeyOf<E> as ValueType>::try_from(key).ok()).ok_or_else(|| {
            let (of, entity) = (KeyOf::<E>::type_name(), std::any::type_name::<E>());
            Error::internal(format!(
                "the key {id} of the user is no `{of}`, the type of the keys of `{entity}`"
            ))
        })
    }
}
