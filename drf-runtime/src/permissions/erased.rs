use std::any::Any;
use std::fmt::Debug;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use super::Permission;
use crate::exceptions::{Detail, Result};
use crate::request::Request;

type Verdict<'a> = Pin<Box<dyn Future<Output = Result<bool>> + Send + 'a>>;

/// A permission whose model is forgotten, so that the pipeline needs no generics.
pub(crate) trait AnyPermission: Send + Sync {
    fn checks_objects(&self) -> bool;
    fn has_permission<'a>(&'a self, request: &'a Request) -> Verdict<'a>;
    fn has_object_permission<'a>(&'a self, request: &'a Request, object: &'a (dyn Any + Sync))
    -> Verdict<'a>;
    fn message(&self) -> Option<Detail>;
}

/// A permission as a table holds it: `#[permission(..)]` and the setting `default_permission_classes`.
#[derive(Clone)]
pub struct PermissionClass {
    name: &'static str,
    pub(crate) inner: Arc<dyn AnyPermission>,
}

impl PermissionClass {
    /// Wraps a permission that judges requests and objects of the model `M`.
    pub fn new<P: Permission<M>, M: Any + Sync + Send>(permission: P) -> Self {
        Self { name: std::any::type_name::<P>(), inner: Arc::new(Erased(permission, PhantomData::<fn(M)>)) }
    }
}

impl Debug for PermissionClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

struct Erased<P, M>(P, PhantomData<fn(M)>);

impl<P: Permission<M>, M: Any + Sync + Send> AnyPermission for Erased<P, M> {
    fn checks_objects(&self) -> bool {
        P::CHECKS_OBJECTS
    }

    fn has_permission<'a>(&'a self, request: &'a Request) -> Verdict<'a> {
        Box::pin(self.0.has_permission(request))
    }

    fn has_object_permission<'a>(
        &'a self,
        request: &'a Request,
        object: &'a (dyn Any + Sync),
    ) -> Verdict<'a> {
        let object: &dyn Any = object;
        match object.downcast_ref::<M>() {
            Some(object) => Box::pin(self.0.has_object_permission(request, object)),
            // A permission of the settings judges requests only; one of a viewset has the viewset's model.
            None => Box::pin(async { Ok(true) }),
        }
    }

    fn message(&self) -> Option<Detail> {
        self.0.message()
    }
}
