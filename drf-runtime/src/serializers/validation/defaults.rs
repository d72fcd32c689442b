//! Defaults that depend on the request.

use sea_orm::EntityTrait;
use sea_orm::sea_query::ValueType;

use crate::exceptions::Result;
use crate::fields::{KeyOf, PrimaryKeyRelated, RelatedKey};
use crate::request::Request;

/// The context of a default.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct DefaultContext<'a> {
    /// The request
    pub request: &'a Request,
    /// True if a row is updated, rather than made
    pub updates: bool,
}

/// A default that depends on the request: `#[field(default_with = ..)]`. A function of the request is one.
#[diagnostic::on_unimplemented(
    message = "this is no default of a field of type `{T}`",
    label = "not a default of `{T}`",
    note = "expected `fn(&Request) -> {T}`, or a type that implements `FieldDefault<{T}>`",
    note = "found `{Self}`"
)]
pub trait FieldDefault<T> {
    /// Returns the value; `None` leaves the field out.
    ///
    /// # Errors
    /// What the response says in place of the errors of the input.
    fn get_default(self, context: &DefaultContext<'_>) -> Result<Option<T>>;
}

#[diagnostic::do_not_recommend]
impl<T, F: FnOnce(&Request) -> T> FieldDefault<T> for F {
    fn get_default(self, context: &DefaultContext<'_>) -> Result<Option<T>> {
        Ok(Some(self(context.request)))
    }
}

/// The user who sends the request; an anonymous user has no default. DRF's `CurrentUserDefault`. The response is a 500 where the
/// keys of the entity are of a type that cannot hold the user's, as [`user_id`](Request::user_id) tells.
#[derive(Debug, Clone, Copy)]
pub struct CurrentUserDefault;

impl<E> FieldDefault<PrimaryKeyRelated<E>> for CurrentUserDefault
where
    E: EntityTrait,
    KeyOf<E>: RelatedKey + ValueType,
{
    fn get_default(self, context: &DefaultContext<'_>) -> Result<Option<PrimaryKeyRelated<E>>> {
        if !context.request.user().is_authenticated() {
            return Ok(None);
        }
        context.request.user_id::<E>().map(PrimaryKeyRelated).map(Some)
    }
}

impl<T> FieldDefault<Option<T>> for CurrentUserDefault
where
    Self: FieldDefault<T>,
{
    fn get_default(self, context: &DefaultContext<'_>) -> Result<Option<Option<T>>> {
        Ok(FieldDefault::<T>::get_default(self, context)?.map(Some))
    }
}

/// A default for new rows only: an update leaves what is there. DRF's `CreateOnlyDefault`.
#[derive(Debug, Clone, Copy)]
pub struct CreateOnlyDefault<D>(pub D);

impl<T, D: FieldDefault<T>> FieldDefault<T> for CreateOnlyDefault<D> {
    fn get_default(self, context: &DefaultContext<'_>) -> Result<Option<T>> {
        if context.updates { Ok(None) } else { self.0.get_default(context) }
    }
}
