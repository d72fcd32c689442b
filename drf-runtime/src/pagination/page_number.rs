use super::links::PageLink;
use super::page_size::{Choice, natural, param};
use super::{Page, Paginated, Pagination};
use crate::db::{Connection, QuerySet};
use crate::exceptions::{APIException, Result};
use crate::request::Request;

/// Pages with numbers: `?page=4`, `?page=4&page_size=100`. DRF's `PageNumberPagination`.
///
/// ```
/// use drf::pagination::PageNumberPagination;
///
/// const PAGES: PageNumberPagination =
///     PageNumberPagination::new().page_size(5).page_size_query_param("page_size").max_page_size(10);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct PageNumberPagination {
    page_size: Option<u64>,
    page_query_param: &'static str,
    page_size_query_param: Option<&'static str>,
    max_page_size: Option<u64>,
    last_page_strings: &'static [&'static str],
}

impl PageNumberPagination {
    /// Pages of the size that the settings say; without one, lists are not cut.
    pub const fn new() -> Self {
        Self {
            page_size: None,
            page_query_param: "page",
            page_size_query_param: None,
            max_page_size: None,
            last_page_strings: &["last"],
        }
    }

    /// Sets the rows of a page. Default: the setting `page_size`.
    pub const fn page_size(self, size: u64) -> Self {
        Self { page_size: Some(size), ..self }
    }

    /// Sets the query parameter for the number of the page. Default: `page`.
    pub const fn page_query_param(self, name: &'static str) -> Self {
        Self { page_query_param: name, ..self }
    }

    /// Sets the query parameter by which clients choose the size of a page. Default: they cannot.
    pub const fn page_size_query_param(self, name: &'static str) -> Self {
        Self { page_size_query_param: Some(name), ..self }
    }

    /// Sets the largest size that a client can choose. Default: the setting `max_page_size`.
    pub const fn max_page_size(self, size: u64) -> Self {
        Self { max_page_size: Some(size), ..self }
    }

    /// Sets the texts that stand for the number of the last page. Default: `last`.
    pub const fn last_page_strings(self, strings: &'static [&'static str]) -> Self {
        Self { last_page_strings: strings, ..self }
    }

    fn get_page_size(&self, request: &Request) -> Option<u64> {
        let settings = request.settings();
        let choice = Choice {
            text: self.page_size_query_param.and_then(|name| param(request, name)),
            default: self.page_size.or(settings.page_size),
            maximum: self.max_page_size,
            fallback_maximum: settings.max_page_size,
        };
        choice.size().filter(|size| *size > 0)
    }

    /// Returns the number of a page that exists.
    fn get_page_number(&self, text: Option<&str>, num_pages: u64) -> Option<u64> {
        let number = match text.filter(|text| !text.is_empty()) {
            None => 1,
            Some(text) if self.last_page_strings.contains(&text) => num_pages,
            Some(text) => u64::try_from(natural(text)?).ok()?,
        };
        (1..=num_pages).contains(&number).then_some(number)
    }

    /// Returns the URLs of the next and the previous page.
    fn links(&self, request: &Request, number: u64, num_pages: u64) -> (Option<String>, Option<String>) {
        if num_pages == 1 {
            return (None, None);
        }
        let (link, name) = (PageLink::of(request), self.page_query_param);
        let next = (number < num_pages).then(|| link.clone().set(name, number + 1).to_string());
        let previous = match number {
            1 => None,
            2 => Some(link.remove(name).to_string()),
            number => Some(link.set(name, number - 1).to_string()),
        };
        (next, previous)
    }

    async fn page(&self, request: &Request, queryset: QuerySet, db: &Connection) -> Result<Option<Page>> {
        let Some(size) = self.get_page_size(request) else { return Ok(None) };
        let count = queryset.count(db).await?;
        let num_pages = count.div_ceil(size).max(1);
        let text = param(request, self.page_query_param);
        let number = self.get_page_number(text, num_pages);
        let number = number.ok_or_else(|| APIException::not_found_with("Invalid page."))?;
        let (next, previous) = self.links(request, number, num_pages);
        // The offset is below the count, and nothing is asked for where there is nothing.
        let queryset = queryset.slice((number - 1) * size, if count == 0 { 0 } else { size });
        let (number, num_pages) = (Some(number), Some(num_pages));
        Ok(Some(Page { count: Some(count), next, previous, number, num_pages, ..Page::new(queryset) }))
    }
}

impl Default for PageNumberPagination {
    fn default() -> Self {
        Self::new()
    }
}

impl Pagination for PageNumberPagination {
    fn paginate_queryset<'a>(
        &'a self,
        request: &'a Request,
        queryset: QuerySet,
        db: &'a Connection,
    ) -> Paginated<'a> {
        Box::pin(self.page(request, queryset, db))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        const PAGES: PageNumberPagination = PageNumberPagination::new().last_page_strings(&["last", "end"]);
        let cases = [
            (None, Some(1)),
            (Some(""), Some(1)),
            (Some("1"), Some(1)),
            (Some(" 5"), Some(5)),
            (Some("+٣"), Some(3)),
            (Some("last"), Some(5)),
            (Some("end"), Some(5)),
            (Some("LAST"), None),
            (Some("6"), None),
            (Some("0"), None),
            (Some("-1"), None),
            (Some("1.0"), None),
            (Some("99999999999999999999"), None),
            (Some("18446744073709551617"), None),
        ];
        for (text, expected) in cases {
            assert_eq!(PAGES.get_page_number(text, 5), expected, "{text:?}");
        }
    }
}
