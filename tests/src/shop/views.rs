//! Serializers and viewsets.

use drf::authentication::models::user;
use drf::prelude::*;
use drf::sea_orm::{ColumnTrait, QueryFilter, Select};

use super::entities::book::Category;
use super::entities::{author, book, publisher, review};

pub fn router() -> DefaultRouter {
    DefaultRouter::new()
        .register::<PublisherViewSet>("publishers")
        .register::<BookViewSet>("books")
        .register_as::<StockedBookViewSet>("stocked-books", "stocked-book")
        .register_as::<TitleViewSet>("titles", "title")
        .register::<ReviewViewSet>("reviews")
        .register_as::<LockedViewSet>("locked", "locked")
        .register_as::<ThrottledViewSet>("throttled", "throttled")
        .register_as::<PanickingViewSet>("panicking", "panicking")
}

#[serializer(entity = publisher::Entity)]
pub struct PublisherSerializer {
    pub id: i64,
    pub name: String,
    pub address: String,
}

#[model_viewset(serializer = PublisherSerializer, search_fields(name))]
#[permission(AllowAny)]
pub struct PublisherViewSet;

#[serializer(entity = book::Entity)]
pub struct BookSerializer {
    pub id: i64,
    pub title: String,
    #[field(min_value = 0)]
    pub price: Decimal,
    pub category: Category,
    #[field(source = category, display)]
    pub category_label: Category,
    pub in_stock: bool,
    pub rating: Option<f64>,
    pub published: Option<Date>,
    #[field(read_only)]
    pub created: DateTimeUtc,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    #[field(source = publisher.name)]
    pub publisher_name: String,
    pub authors: Vec<PrimaryKeyRelated<author::Entity>>,
    #[field(source = authors.name)]
    pub author_names: Vec<String>,
    #[field(method = shout)]
    pub shouted: String,
    #[field(no_column, required = false, max_length = 5)]
    pub note: Option<String>,
}

fn shout(book: &book::Model) -> String {
    book.title.to_uppercase()
}

#[model_viewset(
    serializer = BookSerializer,
    search_fields(title, publisher.name, authors.name),
    ordering_fields(price, title, publisher.name),
    ordering(-id),
    filterset_fields(category, in_stock, publisher, authors, price(lt, gte), title(exact, icontains, regex), created(year__gt)),
    pagination = PageNumberPagination { page_size: 2, page_size_query_param: "page_size", max_page_size: 50 },
    cascade(authors, reviews),
    relations(reviews = [review::Entity]),
)]
#[permission(IsAuthenticatedOrReadOnly)]
pub struct BookViewSet;

/// Only what is in stock exists here.
#[model_viewset(serializer = BookSerializer, get_queryset = in_stock, pagination = none)]
#[permission(AllowAny)]
pub struct StockedBookViewSet;

fn in_stock(_request: &Request, books: Select<book::Entity>) -> Select<book::Entity> {
    books.filter(book::Column::InStock.eq(true))
}

#[serializer(entity = book::Entity)]
pub struct TitleSerializer {
    pub title: String,
}

/// Read-only, looked up by another column.
#[permission(AllowAny)]
#[read_only_model_viewset(serializer = TitleSerializer, lookup_field = title, lookup_value_regex = "[^/]+")]
pub struct TitleViewSet;

/// The old entity format, an owner from the request, object permissions.
#[serializer(entity = review::Entity, relations(book = book::Entity))]
pub struct ReviewSerializer {
    pub id: i64,
    pub text: String,
    #[field(min_value = 1, max_value = 5)]
    pub stars: i32,
    pub book: PrimaryKeyRelated<book::Entity>,
    #[field(source = book.title)]
    pub book_title: String,
    #[field(read_only)]
    pub owner_id: i64,
}

#[model_viewset(serializer = ReviewSerializer, perform_create = set_owner, pagination = none)]
#[permission(IsAuthenticatedOrReadOnly, IsOwnerOrReadOnly)]
pub struct ReviewViewSet;

async fn set_owner(
    request: &Request,
    mut review: Create<'_, ReviewSerializer>,
) -> Result<Saved<review::Entity>> {
    review.model.owner_id = Set(request.user_id::<user::Entity>()?.into());
    review.save().await
}

#[derive(Debug)]
pub struct IsOwnerOrReadOnly;

impl Permission<review::Model> for IsOwnerOrReadOnly {
    async fn has_object_permission(&self, request: &Request, review: &review::Model) -> Result<bool> {
        Ok(request.is_safe() || request.user().has_pk(review.owner_id))
    }
}

/// Nothing is said about permissions.
#[model_viewset(serializer = PublisherSerializer)]
pub struct LockedViewSet;

#[throttle(scope = "anon")]
#[read_only_model_viewset(serializer = PublisherSerializer)]
#[permission(AllowAny)]
#[throttle(rate = "100/day")]
pub struct ThrottledViewSet;

#[read_only_model_viewset(serializer = PublisherSerializer, get_queryset = panicking)]
#[permission(AllowAny)]
pub struct PanickingViewSet;

fn panicking(_request: &Request, _publishers: Select<publisher::Entity>) -> Select<publisher::Entity> {
    panic!("a bug of the user's")
}
