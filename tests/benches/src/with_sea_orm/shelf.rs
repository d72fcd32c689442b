use axum::extract::{Query, State};
use http::{HeaderMap, Uri};
use sea_orm::{EntityTrait, LoaderTrait, PaginatorTrait, QueryOrder};
use serde::Serialize;

use super::Shared;
use super::book::Book;
use crate::by_hand::answer::{Failure, READ, TestResponse};
use crate::by_hand::listing::{Listing, PAGE_SIZE, Page};
use crate::entities::{author, book, publisher};

/// A book with names of what belongs to it.
#[derive(Debug, Serialize)]
pub(super) struct Shelved {
    #[serde(flatten)]
    book: Book,
    publisher_name: String,
    author_names: Vec<String>,
}

pub(super) async fn list(
    State(shared): State<Shared>,
    Query(listing): Query<Listing>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<TestResponse<Page<Shelved>>, Failure> {
    let books = book::Entity::find().find_also_related(publisher::Entity).order_by_asc(book::Column::Id);
    let pages = books.paginate(&shared.db, PAGE_SIZE);
    let count = book::Entity::find().count(&shared.db).await?;
    let (number, _) = listing.window(count)?;
    let (books, publishers): (Vec<_>, Vec<_>) = pages.fetch_page(number - 1).await?.into_iter().unzip();
    let authors = author::Entity::find().order_by_asc(author::Column::Id);
    let authors = books.load_many(authors, &shared.db).await?;
    let rows = books.into_iter().zip(publishers).zip(authors);
    let shelf = rows.map(|((book, publisher), authors)| Shelved {
        book: book.into(),
        publisher_name: publisher.map(|publisher| publisher.name).unwrap_or_default(),
        author_names: authors.into_iter().map(|author| author.name).collect(),
    });
    Ok(TestResponse::ok(READ, Page::new(&headers, &uri, number, count, shelf.collect())))
}
