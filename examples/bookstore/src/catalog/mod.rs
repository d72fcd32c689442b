//! `/api/`: publishers, authors, books.

pub mod authors;
pub mod books;
pub mod publishers;

use drf::prelude::*;

pub fn router() -> DefaultRouter {
    DefaultRouter::new()
        .register::<publishers::PublisherViewSet>("publishers")
        .register::<authors::AuthorViewSet>("authors")
        .register::<books::BookViewSet>("books")
}

/// Five rows a page; a client may ask for up to ten.
pub const PAGES: PageNumberPagination =
    PageNumberPagination::new().page_size(5).page_size_query_param("page_size").max_page_size(10);
