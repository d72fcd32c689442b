//! The classes of views that name none.

use std::fmt;
use std::sync::Arc;

use super::{ExceptionHandler, exception_handler};
use crate::app::{App, AppBuilder};
use crate::authentication::{AuthenticationClass, BasicAuthentication, TokenAuthentication};
use crate::pagination::PaginationClass;
use crate::parsers::{FormParser, JSONParser, MultiPartParser, ParserClass};
use crate::permissions::{IsAuthenticated, PermissionClass};
use crate::renderers::{JSONRenderer, RendererClass};
use crate::throttling::ThrottleClass;

/// The classes of all views of an app that name none of their own. DRF's `DEFAULT_AUTHENTICATION_CLASSES` and so on.
///
/// ```
/// use drf::prelude::*;
///
/// # async fn app() -> Result<App, drf::sea_orm::DbErr> {
/// let classes = Classes {
///     default_permission_classes: vec![IsAuthenticatedOrReadOnly.into()],
///     ..Classes::default()
/// };
/// let db = drf::connect("sqlite::memory:").await?;
/// let app = App::builder(Settings::default()).database(db).classes(classes).build();
/// # Ok(app)
/// # }
/// ```
#[derive(Clone)]
pub struct Classes {
    /// Authentication: by token, then by user name and password
    pub default_authentication_classes: Vec<AuthenticationClass>,
    /// Permissions: authenticated users only. DRF's own default is `AllowAny`.
    pub default_permission_classes: Vec<PermissionClass>,
    /// Throttles: none
    pub default_throttle_classes: Vec<ThrottleClass>,
    /// Pagination of lists: none
    pub default_pagination_class: Option<PaginationClass>,
    /// Renderers of responses: JSON
    pub default_renderer_classes: Vec<RendererClass>,
    /// Parsers of request bodies: JSON, forms, multipart
    pub default_parser_classes: Vec<ParserClass>,
    /// The function that turns errors into responses
    pub exception_handler: ExceptionHandler,
}

impl Default for Classes {
    fn default() -> Self {
        Self {
            default_authentication_classes: vec![TokenAuthentication.into(), BasicAuthentication.into()],
            default_permission_classes: vec![IsAuthenticated.into()],
            default_throttle_classes: Vec::new(),
            default_pagination_class: None,
            default_renderer_classes: vec![JSONRenderer.into()],
            default_parser_classes: vec![JSONParser.into(), FormParser.into(), MultiPartParser.into()],
            exception_handler,
        }
    }
}

impl fmt::Debug for Classes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Classes")
            .field("default_authentication_classes", &self.default_authentication_classes)
            .field("default_permission_classes", &self.default_permission_classes)
            .field("default_throttle_classes", &self.default_throttle_classes)
            .field("default_pagination_class", &self.default_pagination_class)
            .field("default_renderer_classes", &self.default_renderer_classes)
            .field("default_parser_classes", &self.default_parser_classes)
            .finish_non_exhaustive()
    }
}

impl<D> AppBuilder<D> {
    /// Sets the classes of the views that name none of their own.
    pub fn classes(self, classes: Classes) -> Self {
        self.state(Arc::new(classes))
    }
}

impl App {
    pub(crate) fn classes(&self) -> Arc<Classes> {
        match self.state::<Arc<Classes>>() {
            Some(classes) => classes.clone(),
            // Without `classes`, the defaults of `Classes`: authentication and permission are required.
            None => Arc::new(Classes::default()),
        }
    }
}
