//! Lists in pages. DRF's `pagination.py`.

mod envelope;
mod limit_offset;
mod links;
mod page;
mod page_number;
mod page_size;

pub use envelope::Envelope;
pub use limit_offset::LimitOffsetPagination;
pub use links::{remove_query_param, replace_query_param};
pub use page::Page;
pub use page_number::PageNumberPagination;

use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;

use crate::db::{Connection, QuerySet};
use crate::exceptions::Result;
use crate::request::Request;
use crate::response::Response;

/// Cuts lists into pages. DRF's `BasePagination`.
///
/// A class of one's own usually leaves the cutting to one of the classes that exist, and responds in a form of its own:
///
/// ```
/// use drf::prelude::*;
/// use drf::db::{Connection, QuerySet};
/// use drf::pagination::{Envelope, Page, PageNumberPagination, Paginated, Pagination};
///
/// const PAGES: PageNumberPagination =
///     PageNumberPagination::new().page_size(3).page_query_param("p").last_page_strings(&["last", "end"]);
///
/// #[derive(Debug)]
/// struct Enveloped;
///
/// impl Pagination for Enveloped {
///     fn paginate_queryset<'a>(&'a self, request: &'a Request, queryset: QuerySet, db: &'a Connection) -> Paginated<'a> {
///         PAGES.paginate_queryset(request, queryset, db)
///     }
///
///     fn get_paginated_response(&self, page: &Page, results: Vec<u8>) -> Response {
///         Envelope::new()
///             .with("total", page.count)
///             .with("pages", page.num_pages)
///             .with("following", page.next.as_deref())
///             .with_json("items", &results)
///             .into_response()
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a pagination class",
    label = "not a pagination class",
    note = "implement `drf::pagination::Pagination` for it"
)]
pub trait Pagination: Debug + Send + Sync + 'static {
    /// Returns the rows of the page that the request asks for, not fetched yet; `None` if the list is not cut. An error ends
    /// the request.
    fn paginate_queryset<'a>(
        &'a self,
        request: &'a Request,
        queryset: QuerySet,
        db: &'a Connection,
    ) -> Paginated<'a>;

    /// Returns the response. `results` is the JSON array of the page, as text.
    fn get_paginated_response(&self, page: &Page, results: Vec<u8>) -> Response {
        let envelope = match page.count {
            Some(count) => Envelope::new().with("count", count),
            None => Envelope::new(),
        };
        envelope
            .with("next", page.next.as_deref())
            .with("previous", page.previous.as_deref())
            .with_json("results", &results)
            .into_response()
    }
}

/// A page of the future.
pub type Paginated<'a> = Pin<Box<dyn Future<Output = Result<Option<Page>>> + Send + 'a>>;

crate::class::class! {
    /// A pagination without its type: `pagination = ..` and `default_pagination_class`.
    PaginationClass, Pagination
}
