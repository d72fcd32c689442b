//! Nothing of what is generated breaks a user's strictest lints.

#![deny(
    warnings,
    missing_debug_implementations,
    missing_docs,
    single_use_lifetimes,
    trivial_casts,
    unreachable_pub,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results
)]
#![forbid(unsafe_code)]

use drf::prelude::*;
use drf::sea_orm::Select;
use drf_ui_tests::{book, publisher};

/// A book.
#[serializer(entity = book::Entity, validate = check, unique_together(title, publisher))]
#[derive(Debug)]
pub struct BookSerializer {
    /// The key
    pub id: i64,
    /// Its title
    #[field(max_length = 40, regex = "^[^_]+$", validate = trimmed, error_messages(required = "What is it called?"))]
    pub title: String,
    /// How long it is
    #[field(min_value = 1, default = 1)]
    pub pages: i32,
    /// What it is about
    #[field(source = category, display)]
    pub category_label: book::Category,
    /// Who made it
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    /// What they are called
    #[field(source = publisher.name)]
    pub publisher_name: String,
    /// The title in capitals
    #[field(method = shout)]
    pub loud: String,
    /// For the hooks
    #[field(no_column)]
    pub note: String,
}

fn trimmed(title: String) -> Result<String, ValidationError> {
    Ok(title)
}

fn shout(book: &book::Model) -> String {
    book.title.to_uppercase()
}

async fn check(
    data: Validated<BookSerializer>,
    _context: &Context<'_, BookSerializer>,
) -> Result<Validated<BookSerializer>> {
    Ok(data)
}

/// Books.
#[model_viewset(
    serializer = BookSerializer,
    serializers(list = BriefSerializer),
    get_queryset = in_stock,
    perform_create = stamp,
    perform_update = restamp,
    perform_destroy = archive,
    lookup_field = title,
    lookup_value_regex = "[a-z]+",
    search_fields(title, starts_with(publisher.name)),
    filterset_fields(title(exact, icontains), created(year__gt), publisher, category(in)),
    ordering_fields(price, publisher.name),
    ordering(-price, id),
    pagination = PageNumberPagination { page_size: 5, max_page_size: 10 },
)]
#[authentication(TokenAuthentication)]
#[permission(IsAuthenticated & !IsAdminUser)]
#[throttle(AnonRateThrottle, rate = "60/min")]
#[derive(Debug)]
pub struct BookViewSet;

/// Only the title.
#[serializer(entity = book::Entity)]
#[derive(Debug)]
pub struct BriefSerializer {
    #[field(write_only)]
    title: String,
}

fn in_stock(_request: &Request, books: Select<book::Entity>) -> Select<book::Entity> {
    books
}

async fn stamp(_request: &Request, create: Create<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    create.save().await
}

async fn restamp(_request: &Request, update: Update<'_, BookSerializer>) -> Result<Saved<book::Entity>> {
    update.save().await
}

async fn archive(_request: &Request, book: Destroy<'_, book::Entity>) -> Result<()> {
    book.delete().await
}

#[actions]
impl BookViewSet {
    /// Books of a year.
    #[action(list, url_path = "of/(?P<year>[0-9]+)", permission(AllowAny), pagination = none)]
    async fn of_year(_request: &Request, year: i32) -> Result<Response> {
        Ok(Response::ok(year))
    }

    /// Opens a book.
    #[action(detail, methods(POST), serializer = BriefSerializer)]
    pub async fn open(_request: &Request, book: book::Model) -> Result<Response> {
        Ok(Response::ok(book.title))
    }
}

/// Books that nobody changes.
#[read_only_model_viewset(serializer = BriefSerializer, actions(list))]
#[derive(Debug)]
pub struct ReadOnly;

fn main() {
    let _ = DefaultRouter::new().register::<BookViewSet>("books").register::<ReadOnly>("read-only");
}
