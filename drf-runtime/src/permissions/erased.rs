use std::any::{Any, TypeId, type_name};
use std::fmt::Debug;
use std::marker::PhantomData;
use std::sync::Arc;

use stackfuture::StackFuture;

use super::Permission;
use crate::exceptions::{Detail, Error, Result};
use crate::request::Request;

/// The future of a permission's decision. A small one needs no allocation.
type Verdict<'a> = StackFuture<'a, Result<bool>, 128>;

/// An object of any model: a `Permission<AnyObject>` judges the objects of every viewset, so that it can stand in
/// `default_permission_classes`. It finds out the model with `downcast_ref`.
pub type AnyObject = dyn Any + Send + Sync;

/// A permission without its model, so that the pipeline needs no generics.
pub(crate) trait AnyPermission: Send + Sync {
    fn checks_objects(&self) -> bool;
    /// Returns whether objects of this type can be judged.
    fn judges(&self, model: TypeId) -> bool;
    /// Returns the name of the model whose objects are judged.
    fn model_name(&self) -> &'static str;
    fn has_permission<'a>(&'a self, request: &'a Request) -> Verdict<'a>;
    /// Asks about an object. An object that cannot be judged is an error.
    fn has_object_permission<'a>(&'a self, request: &'a Request, object: &'a AnyObject) -> Verdict<'a>;
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
    ///
    /// In the settings, `M` is `()` for a permission without an object check (`CHECKS_OBJECTS = false`), [`AnyObject`] for one
    /// that judges the objects of every viewset, and a model for one that judges only its objects: viewsets of other entities
    /// then need permissions of their own, else the app is not built.
    pub fn new<P: Permission<M>, M: ?Sized + Object>(permission: P) -> Self {
        Self { name: type_name::<P>(), inner: Arc::new(Erased(permission, PhantomData::<fn(&M)>)) }
    }

    /// Returns why objects of this model cannot be judged, if they cannot.
    pub(crate) fn problem(&self, model: TypeId, model_name: &str) -> Option<String> {
        if !self.inner.checks_objects() || self.inner.judges(model) {
            return None;
        }
        Some(format!(
            "the permission `{}` checks objects of `{}`, but the objects of this viewset are of `{model_name}`; give the viewset \
             or its action a `#[permission(..)]` of its own, or give the settings a `PermissionClass::new::<_, AnyObject>`, or say \
             `const CHECKS_OBJECTS: bool = false` if the permission looks at the request only",
            self.name,
            self.inner.model_name(),
        ))
    }
}

/// A permission that looks at the request only: `IsAuthenticated.into()`. One that judges objects is made by
/// [`new`](PermissionClass::new), which names their model.
impl<P: Permission> From<P> for PermissionClass {
    fn from(permission: P) -> Self {
        Self::new::<P, ()>(permission)
    }
}

impl Debug for PermissionClass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A type of objects that permissions judge: every model, and [`AnyObject`]. `impl<M: ?Sized + Object> Permission<M>` judges
/// all of them.
pub trait Object: Any + Send + Sync {
    /// Returns the object without its type, for `downcast_ref`.
    fn as_any(&self) -> &AnyObject;

    #[doc(hidden)]
    fn of(object: &AnyObject) -> Option<&Self>;
}

impl<M: Any + Send + Sync> Object for M {
    fn as_any(&self) -> &AnyObject {
        self
    }

    fn of(object: &AnyObject) -> Option<&Self> {
        object.downcast_ref()
    }
}

impl Object for AnyObject {
    fn as_any(&self) -> &AnyObject {
        self
    }

    fn of(object: &AnyObject) -> Option<&Self> {
        Some(object)
    }
}

struct Erased<P, M: ?Sized>(P, PhantomData<fn(&M)>);

impl<P: Permission<M>, M: ?Sized + Object> AnyPermission for Erased<P, M> {
    fn checks_objects(&self) -> bool {
        P::CHECKS_OBJECTS
    }

    fn judges(&self, model: TypeId) -> bool {
        [model, TypeId::of::<AnyObject>()].contains(&TypeId::of::<M>())
    }

    fn model_name(&self) -> &'static str {
        type_name::<M>()
    }

    fn has_permission<'a>(&'a self, request: &'a Request) -> Verdict<'a> {
        StackFuture::from_or_box(self.0.has_permission(request))
    }

    fn has_object_permission<'a>(&'a self, request: &'a Request, object: &'a AnyObject) -> Verdict<'a> {
        if !P::CHECKS_OBJECTS {
            return StackFuture::from_or_box(async { Ok(true) });
        }
        match M::of(object) {
            Some(object) => StackFuture::from_or_box(self.0.has_object_permission(request, object)),
            None => cannot_judge(type_name::<P>(), type_name::<M>()),
        }
    }

    fn message(&self) -> Option<Detail> {
        self.0.message()
    }
}

/// Fails with a 500: a permission that cannot judge the object must not allow it.
fn cannot_judge<'a>(permission: &'static str, model: &'static str) -> Verdict<'a> {
    StackFuture::from_or_box(async move {
        let text = format!(
            "the permission `{permission}` checks objects of `{model}` and was asked about another object"
        );
        Err(Error::internal(text))
    })
}
