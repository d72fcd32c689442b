use drf::prelude::*;

use super::PAGES;
use super::stars::Stars;
use crate::entities::{author, book, publisher};

/// Relations by slug; one write-only field and one more view of the publisher.
#[serializer(entity = book::Entity)]
pub struct BookSlugSerializer {
    pub isbn: String,
    pub name: String,
    pub price: Decimal,
    #[field(slug_field = name)]
    pub publisher: SlugRelated<publisher::Entity>,
    #[field(source = publisher)]
    pub publisher_text: StringRelated<publisher::Entity>,
    #[field(slug_field = username, allow_empty = false)]
    pub authors: Vec<SlugRelated<author::Entity>>,
    #[field(no_column, required = false, max_length = 10)]
    pub note: String,
    #[field(source = rating)]
    pub stars: Option<Stars>,
}

/// Looked up by isbn, relations by slug.
#[model_viewset(
    serializer = BookSlugSerializer,
    lookup_field = isbn,
    lookup_url_kwarg = "book_isbn",
    lookup_value_regex = "[0-9]{13}",
    pagination = PAGES,
    cascade(authors, reviews, tags, purchases),
)]
pub struct IsbnViewSet;
