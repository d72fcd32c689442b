//! Filters and orders of lists by query parameters. DRF's `filters.py`.
//!
//! A filter gets a query and gives back a query; the rows are fetched later.

mod erased;
mod ordering;
mod search;
mod split;

pub use erased::FilterBackendClass;
pub use ordering::OrderingFilter;
pub use search::SearchFilter;

use std::fmt::Debug;
use std::future::Future;

use crate::db::QuerySet;
use crate::exceptions::Result;
use crate::request::Request;

/// Decides which rows of a list a request is about, and in which order. DRF's `BaseFilterBackend`.
///
/// It applies to one row, too: a row that is filtered away is a 404.
///
/// ```
/// use drf::db::QuerySet;
/// use drf::filters::FilterBackend;
/// use drf::prelude::*;
/// use drf::sea_orm::sea_query::{Expr, ExprTrait};
///
/// /// Only rows that belong to the user; staff sees everything.
/// #[derive(Debug)]
/// struct OwnerOnly;
///
/// impl FilterBackend for OwnerOnly {
///     async fn filter_queryset(&self, request: &Request, queryset: QuerySet) -> Result<QuerySet> {
///         if request.user().is_staff() {
///             return Ok(queryset);
///         }
///         let owner = Expr::col((queryset.entity().table, "owner_id"));
///         Ok(queryset.filter(owner.eq(request.user().pk())))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a filter backend",
    label = "not a filter backend",
    note = "implement `drf::filters::FilterBackend` for it"
)]
pub trait FilterBackend: Debug + Send + Sync + 'static {
    /// Returns the rows that the request is about.
    ///
    /// # Errors
    /// 400 for a parameter that it cannot read.
    fn filter_queryset(
        &self,
        request: &Request,
        queryset: QuerySet,
    ) -> impl Future<Output = Result<QuerySet>> + Send;

    /// Returns whether it has anything to do for this request. Where it has not, asking for the rows is saved.
    fn applies(&self, request: &Request) -> bool {
        let _ = request;
        true
    }

    /// Returns the mistakes of the backend itself, such as a column that does not exist. The app is not built then.
    fn problems(&self) -> Vec<String> {
        Vec::new()
    }
}
