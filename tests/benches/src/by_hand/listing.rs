//! Filters, order and pages of a list.

use http::header::HOST;
use http::{HeaderMap, Uri};
use serde::{Deserialize, Serialize};

use super::answer::Failure;
use super::input::Category;

/// The rows of a page.
pub const PAGE_SIZE: u64 = 20;

/// The query string of a list.
#[derive(Debug, Default, Deserialize)]
pub struct Listing {
    pub page: Option<u64>,
    pub category: Option<Category>,
    pub in_stock: Option<bool>,
    pub search: Option<String>,
    pub ordering: Option<String>,
}

/// A column that lists can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Id,
    Name,
    Price,
}

impl Listing {
    /// The page, and how many rows come before it.
    ///
    /// # Errors
    /// 404 for a page beyond the last one.
    pub fn window(&self, count: u64) -> Result<(u64, u64), Failure> {
        let page = self.page.unwrap_or(1);
        match page.checked_sub(1).and_then(|before| before.checked_mul(PAGE_SIZE)) {
            Some(offset) if offset == 0 || offset < count => Ok((page, offset)),
            _ => Err(Failure::NotFound("Invalid page.")),
        }
    }

    /// The terms to search for, as patterns of `LIKE` with a backslash as escape.
    pub fn patterns(&self) -> impl Iterator<Item = String> {
        let terms = self.search.as_deref().unwrap_or_default().split([' ', ',']);
        terms.filter(|term| !term.is_empty()).map(|term| {
            let term = term.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
            format!("%{term}%")
        })
    }

    /// The columns to order by, and whether each one descends.
    pub fn order(&self) -> impl Iterator<Item = (Sort, bool)> {
        let names = self.ordering.as_deref().unwrap_or_default().split(',');
        names.filter_map(|name| {
            let (name, descends) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
            let column = match name {
                "id" => Sort::Id,
                "name" => Sort::Name,
                "price" => Sort::Price,
                _ => return None,
            };
            Some((column, descends))
        })
    }
}

/// DRF's envelope of a page.
#[derive(Debug, Serialize)]
pub struct Page<T> {
    count: u64,
    next: Option<String>,
    previous: Option<String>,
    results: Vec<T>,
}

impl<T> Page<T> {
    pub fn new(headers: &HeaderMap, uri: &Uri, number: u64, count: u64, results: Vec<T>) -> Self {
        let next = (number * PAGE_SIZE < count).then(|| link(headers, uri, number + 1));
        let previous = (number > 1).then(|| link(headers, uri, number - 1));
        Self { count, next, previous, results }
    }
}

/// The URL of another page; its parameters are sorted, and the first page has no number.
fn link(headers: &HeaderMap, uri: &Uri, page: u64) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let parameters = uri.query().unwrap_or_default().split('&');
    let mut parameters: Vec<&str> =
        parameters.filter(|pair| !pair.is_empty() && !pair.starts_with("page=")).collect();
    let number = format!("page={page}");
    if page > 1 {
        parameters.push(&number);
    }
    parameters.sort_unstable();
    let mark = if parameters.is_empty() { "" } else { "?" };
    format!("http://{host}{}{mark}{}", uri.path(), parameters.join("&"))
}
