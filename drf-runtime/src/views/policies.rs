//! The policies of a viewset or an action, and the decision between them.

use super::{Action, Classes, ExceptionHandler, ViewDescription};
use crate::authentication::AuthenticationClass;
use crate::django_filters::DjangoFilterBackend;
use crate::filters::{FilterBackend, FilterBackendClass, OrderingFilter, SearchFilter};
use crate::pagination::{Pagination, PaginationClass};
use crate::parsers::ParserClass;
use crate::permissions::PermissionClass;
use crate::renderers::RendererClass;
use crate::throttling::ThrottleClass;

/// The policies that a viewset or an action names. Those that an action does not name are the viewset's, then the app's.
#[derive(Debug, Clone, Default)]
pub struct PolicyTable {
    /// The authentication classes
    pub authentication: Option<Vec<AuthenticationClass>>,
    /// The permissions
    pub permission: Option<Vec<PermissionClass>>,
    /// The throttles
    pub throttle: Option<Vec<ThrottleClass>>,
    /// The filter backends
    pub filter_backends: Option<Vec<FilterBackendClass>>,
    /// The pagination
    pub pagination: Pages,
    /// The parsers
    pub parsers: Option<Vec<ParserClass>>,
    /// The renderers
    pub renderers: Option<Vec<RendererClass>>,
    /// The exception handler
    pub exception_handler: Option<ExceptionHandler>,
}

/// The pagination of a viewset or an action.
#[derive(Debug, Clone, Default)]
pub enum Pages {
    /// The one of the app
    #[default]
    Default,
    /// Nothing
    None,
    /// This class
    Class(PaginationClass),
}

/// The policies that a viewset and an action can both have.
macro_rules! policy_methods {
    ($($type:ty),*) => {$(
        impl $type {
            /// Sets the authentication classes.
            pub fn authentication<const N: usize>(mut self, classes: [AuthenticationClass; N]) -> Self {
                self.policies.authentication = Some(classes.into());
                self
            }

            /// Sets the permissions.
            pub fn permission<const N: usize>(mut self, classes: [PermissionClass; N]) -> Self {
                self.policies.permission = Some(classes.into());
                self
            }

            /// Sets the throttles.
            pub fn throttle<const N: usize>(mut self, classes: [ThrottleClass; N]) -> Self {
                self.policies.throttle = Some(classes.into());
                self
            }

            /// Filters by column.
            pub fn filterset(self, filterset: DjangoFilterBackend) -> Self {
                self.filter_backend(filterset)
            }

            /// Searching.
            pub fn search(self, search: SearchFilter) -> Self {
                self.filter_backend(search)
            }

            /// Ordering.
            pub fn ordering(self, ordering: OrderingFilter) -> Self {
                self.filter_backend(ordering)
            }

            /// Adds a filter backend.
            pub fn filter_backend(mut self, backend: impl FilterBackend) -> Self {
                self.policies.filter_backends.get_or_insert_default().push(FilterBackendClass::new(backend));
                self
            }

            /// Nothing narrows or orders lists.
            pub fn no_filters(mut self) -> Self {
                self.policies.filter_backends = Some(Vec::new());
                self
            }

            /// Sets the pagination.
            pub fn pagination(mut self, pagination: impl Pagination) -> Self {
                self.policies.pagination = Pages::Class(pagination.into());
                self
            }

            /// Nothing cuts lists into pages.
            pub fn no_pagination(mut self) -> Self {
                self.policies.pagination = Pages::None;
                self
            }

            /// Sets the parsers.
            pub fn parsers<const N: usize>(mut self, parsers: [ParserClass; N]) -> Self {
                self.policies.parsers = Some(parsers.into());
                self
            }

            /// Sets the renderers.
            pub fn renderers<const N: usize>(mut self, renderers: [RendererClass; N]) -> Self {
                self.policies.renderers = Some(renderers.into());
                self
            }

            /// Sets the exception handler.
            pub fn exception_handler(mut self, handler: ExceptionHandler) -> Self {
                self.policies.exception_handler = Some(handler);
                self
            }
        }
    )*};
}
policy_methods!(ViewDescription, Action);

/// The policies of an action, decided.
#[derive(Debug)]
pub(crate) struct Policies {
    pub(crate) authentication: Vec<AuthenticationClass>,
    pub(crate) permission: Vec<PermissionClass>,
    pub(crate) throttle: Vec<ThrottleClass>,
    pub(crate) filter_backends: Vec<FilterBackendClass>,
    pub(crate) pagination: Option<PaginationClass>,
    pub(crate) parsers: Vec<ParserClass>,
    pub(crate) renderers: Vec<RendererClass>,
    pub(crate) exception_handler: ExceptionHandler,
    pub(crate) checks_objects: bool,
}

impl Policies {
    /// Takes each policy of the first table that has it, else that of the app.
    pub(super) fn new(tables: &[&PolicyTable], classes: &Classes) -> Self {
        fn first<T: Clone>(tables: &[&PolicyTable], part: fn(&PolicyTable) -> &Option<T>, default: &T) -> T {
            tables.iter().find_map(|table| part(table).clone()).unwrap_or_else(|| default.clone())
        }
        let permission = first(tables, |table| &table.permission, &classes.default_permission_classes);
        Self {
            authentication: first(
                tables,
                |table| &table.authentication,
                &classes.default_authentication_classes,
            ),
            throttle: first(tables, |table| &table.throttle, &classes.default_throttle_classes),
            filter_backends: first(tables, |table| &table.filter_backends, &Vec::new()),
            pagination: pages(tables, classes),
            parsers: first(tables, |table| &table.parsers, &classes.default_parser_classes),
            renderers: first(tables, |table| &table.renderers, &classes.default_renderer_classes),
            exception_handler: first(tables, |table| &table.exception_handler, &classes.exception_handler),
            checks_objects: permission.iter().any(|permission| permission.inner.checks_objects()),
            permission,
        }
    }
}

fn pages(tables: &[&PolicyTable], classes: &Classes) -> Option<PaginationClass> {
    for table in tables {
        match &table.pagination {
            Pages::Default => {}
            Pages::None => return None,
            Pages::Class(pagination) => return Some(pagination.clone()),
        }
    }
    classes.default_pagination_class.clone()
}
