//! Every kind of relation, to one row and to many, under strict lints.

#![deny(warnings, missing_debug_implementations, unreachable_pub, unused_qualifications, unused_results)]

use drf::prelude::*;
use drf::sea_orm::Select;
use drf_ui_tests::{PublisherSerializer, book, publisher};

#[serializer(entity = book::Entity, depth = 1)]
#[derive(Debug)]
pub struct BookSerializer {
    url: HyperlinkedIdentity,
    #[field(lookup_field = title, lookup_url_kwarg = "name", view_name = "book-by-name")]
    by_title: HyperlinkedIdentity,
    #[field(queryset = known)]
    publisher: PrimaryKeyRelated<publisher::Entity>,
    #[field(source = publisher, slug_field = name, read_only)]
    publisher_by_name: SlugRelated<publisher::Entity>,
    #[field(source = publisher, lookup_field = name, lookup_url_kwarg = "publisher", view_name = "house", read_only)]
    publisher_link: HyperlinkedRelated<publisher::Entity>,
    #[field(source = publisher, nested, read_only)]
    publisher_whole: PublisherSerializer,
    #[field(source = publisher.name)]
    publisher_name: String,
}

fn known(_request: &Request, publishers: Select<publisher::Entity>) -> Select<publisher::Entity> {
    publishers
}

#[serializer(entity = publisher::Entity)]
#[derive(Debug)]
pub struct PublisherWithBooks {
    #[field(nested(write = patch))]
    books: Vec<BookSerializer>,
    #[field(source = books, read_only)]
    book_ids: Vec<PrimaryKeyRelated<book::Entity>>,
    #[field(source = books, slug_field = title, read_only)]
    book_slugs: Vec<SlugRelated<book::Entity>>,
    #[field(source = books, read_only)]
    book_links: Vec<HyperlinkedRelated<book::Entity>>,
    #[field(source = books)]
    book_texts: Vec<StringRelated<book::Entity>>,
    #[field(source = books.title)]
    book_titles: Vec<String>,
}

#[model_viewset(serializer = BookSerializer, bulk_create)]
#[derive(Debug)]
pub struct Books;

#[model_viewset(serializer = PublisherWithBooks)]
#[derive(Debug)]
pub struct Publishers;

fn main() {
    let _ = DefaultRouter::new().register::<Books>("books").register::<Publishers>("publishers");
}
