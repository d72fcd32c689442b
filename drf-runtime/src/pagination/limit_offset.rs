use super::links::PageLink;
use super::page_size::{Choice, natural, param};
use super::{Page, Paginated, Pagination};
use crate::db::{Connection, QuerySet};
use crate::exceptions::Result;
use crate::request::Request;

/// So many rows from a place on: `?limit=100`, `?limit=100&offset=400`. DRF's `LimitOffsetPagination`.
///
/// ```
/// use drf::pagination::LimitOffsetPagination;
///
/// const WINDOW: LimitOffsetPagination = LimitOffsetPagination::new().default_limit(4).max_limit(8);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct LimitOffsetPagination {
    default_limit: Option<u64>,
    max_limit: Option<u64>,
    limit_query_param: &'static str,
    offset_query_param: &'static str,
}

impl LimitOffsetPagination {
    /// As many rows as the settings say; without a number there, lists are cut only for clients that give a limit.
    pub const fn new() -> Self {
        Self {
            default_limit: None,
            max_limit: None,
            limit_query_param: "limit",
            offset_query_param: "offset",
        }
    }

    /// Sets the number of rows where the client gives none. Default: the setting `page_size`.
    pub const fn default_limit(self, limit: u64) -> Self {
        Self { default_limit: Some(limit), ..self }
    }

    /// Sets the largest number of rows. Default: the setting `max_page_size`.
    pub const fn max_limit(self, limit: u64) -> Self {
        Self { max_limit: Some(limit), ..self }
    }

    /// Sets the query parameter for the number of rows. Default: `limit`.
    pub const fn limit_query_param(self, name: &'static str) -> Self {
        Self { limit_query_param: name, ..self }
    }

    /// Sets the query parameter for the place of the first row, from 0. Default: `offset`.
    pub const fn offset_query_param(self, name: &'static str) -> Self {
        Self { offset_query_param: name, ..self }
    }

    fn get_limit(&self, request: &Request) -> Option<u64> {
        let settings = request.settings();
        let choice = Choice {
            text: param(request, self.limit_query_param),
            default: self.default_limit.or(settings.page_size),
            maximum: self.max_limit,
            fallback_maximum: settings.max_page_size,
        };
        choice.size()
    }

    /// Returns the URLs of the next and the previous window.
    fn links(&self, request: &Request, window: Window, count: u64) -> (Option<String>, Option<String>) {
        let link = |offset: Option<u128>| {
            let link = PageLink::of(request).set(self.limit_query_param, window.limit);
            match offset {
                None => link.remove(self.offset_query_param).to_string(),
                Some(offset) => link.set(self.offset_query_param, offset).to_string(),
            }
        };
        (window.next(count).map(|offset| link(Some(offset))), window.previous().map(link))
    }

    async fn page(&self, request: &Request, queryset: QuerySet, db: &Connection) -> Result<Option<Page>> {
        let Some(limit) = self.get_limit(request) else { return Ok(None) };
        let count = queryset.count(db).await?;
        let offset = param(request, self.offset_query_param).and_then(natural).unwrap_or(0);
        let window = Window { offset, limit };
        let (next, previous) = self.links(request, window, count);
        // Nothing is asked for where there is nothing; so the offset is one that a database can count to.
        let queryset = match u64::try_from(offset) {
            Ok(offset) if offset < count => queryset.slice(offset, limit),
            _ => queryset.slice(0, 0),
        };
        Ok(Some(Page { count: Some(count), next, previous, ..Page::new(queryset) }))
    }
}

impl Default for LimitOffsetPagination {
    fn default() -> Self {
        Self::new()
    }
}

impl Pagination for LimitOffsetPagination {
    fn paginate_queryset<'a>(
        &'a self,
        request: &'a Request,
        queryset: QuerySet,
        db: &'a Connection,
    ) -> Paginated<'a> {
        Box::pin(self.page(request, queryset, db))
    }
}

/// The window that the client asks for. An offset that no database counts to still gets its own links.
#[derive(Debug, Clone, Copy)]
struct Window {
    offset: u128,
    limit: u64,
}

impl Window {
    /// Returns the offset of the next window, if there is one.
    fn next(self, count: u64) -> Option<u128> {
        let end = self.offset.saturating_add(self.limit.into());
        (end < count.into()).then_some(end)
    }

    /// Returns the offset of the previous window, if there is one; the first has none in its URL.
    fn previous(self) -> Option<Option<u128>> {
        let start = self.offset.checked_sub(self.limit.into()).filter(|start| *start > 0);
        (self.offset > 0).then_some(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_a_window() {
        let far = 99_999_999_999_999_999_999;
        let cases = [
            (0, Some(4), None),
            (4, Some(8), Some(None)),
            (2, Some(6), Some(None)),
            (8, Some(12), Some(Some(4))),
            (20, Some(24), Some(Some(16))),
            (21, None, Some(Some(17))),
            (1000, None, Some(Some(996))),
            (far, None, Some(Some(far - 4))),
            (u128::MAX, None, Some(Some(u128::MAX - 4))),
        ];
        for (offset, next, previous) in cases {
            let window = Window { offset, limit: 4 };
            assert_eq!((window.next(25), window.previous()), (next, previous), "{offset}");
        }
    }
}
