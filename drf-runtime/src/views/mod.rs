//! Views: what a viewset declares, and the way of a request through it. DRF's `views.py`.

mod action;
mod classes;
mod description;
mod dispatch;
mod entities;
mod exception_handler;
mod finalize;
pub mod generics;
pub(crate) mod metadata;
mod policies;
mod view;

pub use action::{Action, Handler, Methods, ResponseFuture};
pub use classes::Classes;
pub use description::{ModelViewSet, RowLookup, ViewDescription, ViewSet};
pub(crate) use dispatch::{check_access, dispatch};
pub(crate) use entities::add_entities;
pub use exception_handler::{ExceptionContext, ExceptionHandler, exception_handler};
pub(crate) use policies::Policies;
pub use policies::{Pages, PolicyTable};
pub(crate) use view::View;
