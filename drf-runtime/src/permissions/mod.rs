//! Permissions of requests and objects. DRF's `permissions.py`.

mod builtin;
mod combinators;
mod erased;

pub use builtin::{AllowAny, IsAdminUser, IsAuthenticated, IsAuthenticatedOrReadOnly};
pub use combinators::{And, Not, Or};
pub use erased::{AnyObject, Object, PermissionClass};

use std::future::Future;

use crate::exceptions::{Detail, Result};
use crate::request::Request;

/// A check of what a request may do, and which objects it may touch. DRF's `BasePermission`.
///
/// `M` is the model whose objects it judges. A permission that looks at requests only is implemented for every `M`, and says
/// that it checks no objects:
///
/// ```
/// use drf::prelude::*;
/// # mod review { pub struct Model { pub owner_id: i64 } }
///
/// #[derive(Debug)]
/// struct OfficeHours;
///
/// impl<M: ?Sized + Sync> Permission<M> for OfficeHours {
///     const CHECKS_OBJECTS: bool = false;
///
///     async fn has_permission(&self, request: &Request) -> Result<bool> {
///         Ok(request.headers().get("x-office").is_some_and(|value| value == "open"))
///     }
/// }
///
/// #[derive(Debug)]
/// struct IsOwnerOrReadOnly;
///
/// impl Permission<review::Model> for IsOwnerOrReadOnly {
///     async fn has_object_permission(&self, request: &Request, review: &review::Model) -> Result<bool> {
///         Ok(request.is_safe() || request.user().has_pk(review.owner_id))
///     }
/// }
/// ```
///
/// A permission that knows several models is implemented for all of them, so that it can stand on every viewset, and as
/// [`AnyObject`] in `default_permission_classes`:
///
/// ```
/// use drf::permissions::{AnyObject, Object, PermissionClass};
/// use drf::prelude::*;
/// # mod review { pub struct Model { pub owner_id: i64 } }
/// # mod purchase { pub struct Model { pub buyer_id: i64 } }
///
/// #[derive(Debug)]
/// struct IsOwner;
///
/// impl<M: ?Sized + Object> Permission<M> for IsOwner {
///     async fn has_object_permission(&self, request: &Request, object: &M) -> Result<bool> {
///         let object = object.as_any();
///         let owner = if let Some(review) = object.downcast_ref::<review::Model>() {
///             review.owner_id
///         } else if let Some(purchase) = object.downcast_ref::<purchase::Model>() {
///             purchase.buyer_id
///         } else {
///             return Err(Error::internal("IsOwner does not know this model"));
///         };
///         Ok(request.user().has_pk(owner))
///     }
/// }
///
/// let classes = Classes {
///     default_permission_classes: vec![PermissionClass::new::<_, AnyObject>(IsOwner)],
///     ..Classes::default()
/// };
/// ```
///
/// A permission that is asked about an object of another type cannot judge it: the app is not built where the viewset's entity
/// tells so, and the response is a 500 where an action loads rows of another entity.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a permission for `{M}`",
    label = "not a permission",
    note = "implement `drf::permissions::Permission<{M}>` for it, or `impl<M: ?Sized + Sync> Permission<M>` if it looks at the request only"
)]
pub trait Permission<M: ?Sized = ()>: Send + Sync + 'static {
    /// Must be true if `has_object_permission` can return something else than `true`. Where no permission checks objects,
    /// their rows need not be loaded as models.
    const CHECKS_OBJECTS: bool = true;

    /// Returns whether the request may go on to its handler.
    fn has_permission(&self, request: &Request) -> impl Future<Output = Result<bool>> + Send {
        let _ = request;
        async { Ok(true) }
    }

    /// Returns whether the request may read or change this object.
    fn has_object_permission(
        &self,
        request: &Request,
        object: &M,
    ) -> impl Future<Output = Result<bool>> + Send {
        let _ = (request, object);
        async { Ok(true) }
    }

    /// Returns the text of the 403 in place of DRF's sentence.
    fn message(&self) -> Option<Detail> {
        None
    }
}
