use super::Permission;
use crate::exceptions::Result;
use crate::request::Request;

/// Both must agree: `#[permission(A & B)]`.
#[derive(Debug, Clone, Copy)]
pub struct And<A, B>(pub A, pub B);

/// One must agree: `#[permission(A | B)]`.
#[derive(Debug, Clone, Copy)]
pub struct Or<A, B>(pub A, pub B);

/// It must refuse: `#[permission(!A)]`.
#[derive(Debug, Clone, Copy)]
pub struct Not<A>(pub A);

impl<M: ?Sized + Sync, A: Permission<M>, B: Permission<M>> Permission<M> for And<A, B> {
    const CHECKS_OBJECTS: bool = A::CHECKS_OBJECTS || B::CHECKS_OBJECTS;

    async fn has_permission(&self, request: &Request) -> Result<bool> {
        Ok(self.0.has_permission(request).await? && self.1.has_permission(request).await?)
    }

    async fn has_object_permission(&self, request: &Request, object: &M) -> Result<bool> {
        Ok(self.0.has_object_permission(request, object).await?
            && self.1.has_object_permission(request, object).await?)
    }
}

// An object is allowed by the alternative that allowed the request, not by the other one: see DRF's `OR`.
impl<M: ?Sized + Sync, A: Permission<M>, B: Permission<M>> Permission<M> for Or<A, B> {
    const CHECKS_OBJECTS: bool = A::CHECKS_OBJECTS || B::CHECKS_OBJECTS;

    async fn has_permission(&self, request: &Request) -> Result<bool> {
        Ok(self.0.has_permission(request).await? || self.1.has_permission(request).await?)
    }

    async fn has_object_permission(&self, request: &Request, object: &M) -> Result<bool> {
        let first =
            self.0.has_permission(request).await? && self.0.has_object_permission(request, object).await?;
        Ok(first
            || (self.1.has_permission(request).await?
                && self.1.has_object_permission(request, object).await?))
    }
}

// `Not` of a permission that does not look at objects must not refuse every object, which is what DRF's `NOT` does
// by negating the default `True`; there `~IsAuthenticated` on an object view is a trap that refuses everybody.
impl<M: ?Sized + Sync, A: Permission<M>> Permission<M> for Not<A> {
    const CHECKS_OBJECTS: bool = A::CHECKS_OBJECTS;

    async fn has_permission(&self, request: &Request) -> Result<bool> {
        Ok(!self.0.has_permission(request).await?)
    }

    async fn has_object_permission(&self, request: &Request, object: &M) -> Result<bool> {
        Ok(!A::CHECKS_OBJECTS || !self.0.has_object_permission(request, object).await?)
    }
}
