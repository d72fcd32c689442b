//! Rows as links.

use drf::prelude::*;

use super::PAGES;
use crate::entities::{author, book, publisher};

#[serializer(entity = publisher::Entity)]
pub struct LinkedPublisherSerializer {
    #[field(view_name = "linked-publisher-detail")]
    pub url: HyperlinkedIdentity,
    pub name: String,
    pub address: String,
    #[field(view_name = "linked-book-detail", read_only)]
    pub books: Vec<HyperlinkedRelated<book::Entity>>,
}

#[model_viewset(serializer = LinkedPublisherSerializer, pagination = none)]
pub struct LinkedPublisherViewSet;

#[serializer(entity = book::Entity, unique_together(publisher, name))]
pub struct LinkedBookSerializer {
    #[field(view_name = "linked-book-detail")]
    pub url: HyperlinkedIdentity,
    #[field(view_name = "isbn-detail", lookup_field = isbn, lookup_url_kwarg = "book_isbn")]
    pub by_isbn: HyperlinkedIdentity,
    pub name: String,
    pub isbn: String,
    pub price: Decimal,
    #[field(view_name = "linked-publisher-detail")]
    pub publisher: HyperlinkedRelated<publisher::Entity>,
    pub authors: Vec<HyperlinkedRelated<author::Entity>>,
}

#[model_viewset(
    serializer = LinkedBookSerializer,
    pagination = PAGES,
    cascade(authors, reviews, tags, purchases),
)]
pub struct LinkedBookViewSet;
