//! Who may do what. DRF's `permissions.py`.

mod builtin;
mod combinators;
mod erased;

pub use builtin::{AllowAny, IsAdminUser, IsAuthenticated, IsAuthenticatedOrReadOnly};
pub use combinators::{And, Not, Or};
pub use erased::PermissionClass;

use std::future::Future;

use crate::exceptions::{Detail, Result};
use crate::request::Request;

/// Decides whether a request may go on, and whether it may touch an object. DRF's `BasePermission`.
///
/// `M` is the model whose objects it judges. A permission that looks at requests only is written for every `M`:
///
/// ```
/// use drf::prelude::*;
/// # mod review { pub struct Model { pub owner_id: i64 } }
///
/// #[derive(Debug)]
/// struct OfficeHours;
///
/// impl<M: Sync> Permission<M> for OfficeHours {
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
///         Ok(request.is_safe() || request.user().id() == Some(review.owner_id))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a permission for `{M}`",
    label = "not a permission",
    note = "implement `drf::permissions::Permission<{M}>` for it, or `impl<M: Sync> Permission<M>` if it looks at the request only"
)]
pub trait Permission<M = ()>: Send + Sync + 'static {
    /// Whether `has_object_permission` is more than `true`. Where nothing looks at objects, their rows need not be
    /// loaded as models.
    const CHECKS_OBJECTS: bool = true;

    /// Whether the request may go on to its handler.
    fn has_permission(&self, request: &Request) -> impl Future<Output = Result<bool>> + Send {
        let _ = request;
        async { Ok(true) }
    }

    /// Whether the request may read or change this object.
    fn has_object_permission(
        &self,
        request: &Request,
        object: &M,
    ) -> impl Future<Output = Result<bool>> + Send {
        let _ = (request, object);
        async { Ok(true) }
    }

    /// What the 403 says instead of DRF's sentence.
    fn message(&self) -> Option<Detail> {
        None
    }
}
