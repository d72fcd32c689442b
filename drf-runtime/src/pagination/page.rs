use crate::db::QuerySet;

/// A page of a list: its rows, which are not fetched yet, and its place in the list.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Page {
    /// The rows of the page
    pub queryset: QuerySet,
    /// The number of rows of the whole list, if they were counted
    pub count: Option<u64>,
    /// The URL of the next page
    pub next: Option<String>,
    /// The URL of the previous page
    pub previous: Option<String>,
    /// The number of the page, from 1, if pages have numbers
    pub number: Option<u64>,
    /// The number of the last page, if pages have numbers
    pub num_pages: Option<u64>,
}

impl Page {
    /// Creates a page of which nothing but the rows is known.
    pub fn new(queryset: QuerySet) -> Self {
        Self { queryset, count: None, next: None, previous: None, number: None, num_pages: None }
    }
}
