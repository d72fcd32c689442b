//! `/api/`: publishers, authors, books, and what readers do with them.

pub mod audit;
pub mod authors;
pub mod books;
pub mod isbn;
pub mod linked;
pub mod nested;
pub mod publishers;
pub mod purchases;
pub mod reviews;
pub mod stars;
pub mod tags;
pub mod users;

use drf::prelude::*;

pub fn router() -> DefaultRouter {
    DefaultRouter::new()
        .register::<publishers::PublisherViewSet>("publishers")
        .register::<authors::AuthorViewSet>("authors")
        .register::<books::BookViewSet>("books")
        .register_as::<nested::BookReadOnlyViewSet>("books-ro", "book-ro")
        .register_as::<nested::BookNestedViewSet>("books-nested", "book-nested")
        .register_as::<isbn::IsbnViewSet>("books-by-isbn", "isbn")
        .register_as::<nested::PublisherNestedViewSet>("nested-publishers", "nested-publisher")
        .register_as::<linked::LinkedPublisherViewSet>("linked-publishers", "linked-publisher")
        .register_as::<linked::LinkedBookViewSet>("linked-books", "linked-book")
        .register::<reviews::ReviewViewSet>("reviews")
        .register::<purchases::PurchaseViewSet>("purchases")
        .register::<tags::TagViewSet>("tags")
        .register_as::<users::UserViewSet>("users", "user")
        .register::<audit::AuditLogViewSet>("audit")
}

/// Five rows a page; a client may ask for up to ten.
pub const PAGES: PageNumberPagination =
    PageNumberPagination::new().page_size(5).page_size_query_param("page_size").max_page_size(10);
