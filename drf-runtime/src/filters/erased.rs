use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::FilterBackend;
use crate::db::QuerySet;
use crate::exceptions::Result;
use crate::request::Request;

type Filtered<'a> = Pin<Box<dyn Future<Output = Result<QuerySet>> + Send + 'a>>;

pub(crate) trait AnyFilterBackend: Debug + Send + Sync {
    fn filter_queryset<'a>(&'a self, request: &'a Request, queryset: QuerySet) -> Filtered<'a>;
    fn applies(&self, request: &Request) -> bool;
    fn problems(&self) -> Vec<String>;
}

impl<B: FilterBackend> AnyFilterBackend for B {
    fn filter_queryset<'a>(&'a self, request: &'a Request, queryset: QuerySet) -> Filtered<'a> {
        Box::pin(FilterBackend::filter_queryset(self, request, queryset))
    }

    fn applies(&self, request: &Request) -> bool {
        FilterBackend::applies(self, request)
    }

    fn problems(&self) -> Vec<String> {
        FilterBackend::problems(self)
    }
}

/// A filter backend as a table holds it: `filter_backends(..)`.
#[derive(Debug, Clone)]
pub struct FilterBackendClass {
    pub(crate) inner: Arc<dyn AnyFilterBackend>,
}

impl FilterBackendClass {
    /// Wraps a filter backend.
    pub fn new<B: FilterBackend>(backend: B) -> Self {
        Self { inner: Arc::new(backend) }
    }
}

impl<B: FilterBackend> From<B> for FilterBackendClass {
    fn from(backend: B) -> Self {
        Self::new(backend)
    }
}
