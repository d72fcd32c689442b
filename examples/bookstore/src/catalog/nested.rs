//! Books and publishers with what belongs to them.

use drf::prelude::*;
use drf::sea_orm::{QueryOrder, Select};

use super::PAGES;
use super::authors::AuthorSerializer;
use super::stars::Stars;
use crate::entities::book::{self, Category};
use crate::entities::{author, publisher};

/// `depth = 1`: related rows whole.
#[serializer(entity = book::Entity, depth = 1)]
pub struct BookDepthSerializer {
    pub id: i64,
    pub name: String,
    pub isbn: String,
    pub price: Decimal,
    pub category: Category,
    pub in_stock: bool,
    pub rating: Option<f64>,
    pub published: Option<Date>,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    pub authors: Vec<PrimaryKeyRelated<author::Entity>>,
}

/// depth = 1; default pagination of the settings.
#[read_only_model_viewset(serializer = BookDepthSerializer)]
pub struct BookReadOnlyViewSet;

#[serializer(entity = publisher::Entity)]
pub struct PublisherBriefSerializer {
    pub id: i64,
    pub name: String,
}

#[serializer(entity = book::Entity)]
pub struct BookNestedReadSerializer {
    pub id: i64,
    pub name: String,
    #[field(nested, read_only)]
    pub publisher: PublisherBriefSerializer,
    #[field(nested, read_only)]
    pub authors: Vec<AuthorSerializer>,
    #[field(source = rating)]
    pub stars: Option<Stars>,
}

#[read_only_model_viewset(serializer = BookNestedReadSerializer, get_queryset = newest_first, pagination = PAGES)]
pub struct BookNestedViewSet;

fn newest_first(_request: &Request, books: Select<book::Entity>) -> Select<book::Entity> {
    books.order_by_desc(book::Column::Id)
}

#[serializer(entity = book::Entity)]
pub struct BookItem {
    pub id: i64,
    pub name: String,
    pub isbn: String,
    pub price: Decimal,
    pub category: Category,
}

/// Books are created and replaced together with the publisher.
#[serializer(entity = publisher::Entity)]
pub struct PublisherNestedSerializer {
    pub id: i64,
    pub name: String,
    pub address: String,
    #[field(nested(write = replace), cascade(authors, reviews, tags, purchases))]
    pub books: Vec<BookItem>,
}

/// Nested write. No list and no destroy, so /api/nested-publishers/ has no GET.
#[model_viewset(serializer = PublisherNestedSerializer, actions(create, retrieve, update, partial_update))]
pub struct PublisherNestedViewSet;
