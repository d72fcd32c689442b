//! `/api/plain/` and other views without rows.

pub mod access;
pub mod echo;
pub mod function;
pub mod zoo;

use drf::prelude::*;

pub fn router() -> SimpleRouter {
    SimpleRouter::new()
        .register_view::<echo::Echo>("echo", "echo")
        .register_view::<zoo::Zoo>("zoo/(?P<name>[^/]+)", "zoo")
}
