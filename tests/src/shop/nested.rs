//! Serializers in serializers, and the ways in which they are written.

use drf::prelude::*;
use drf::sea_orm::{ColumnTrait, QueryFilter, Select};

use super::entities::book::Category;
use super::entities::{author, book, publisher};

pub fn router() -> SimpleRouter {
    SimpleRouter::new()
        .register_as::<ShelfViewSet>("shelves", "shelf")
        .register_as::<AppendingViewSet>("appending", "appending")
        .register_as::<PatchingViewSet>("patching", "patching")
        .register_as::<ListingViewSet>("listings", "listing")
        .register_as::<StockedReferenceViewSet>("references", "reference")
        .register_as::<ManyAuthorsViewSet>("many-authors", "many-author")
        .register_as::<ManyBooksViewSet>("many-books", "many-book")
        .register_as::<ClearingViewSet>("clearing", "clearing")
        .register_as::<UniquesViewSet>("uniques", "unique")
        .register_as::<DatedViewSet>("dated", "dated")
        .register_as::<DeepViewSet>("deep", "deep")
        .register_view::<contact>("contact", "contact")
        .register_view::<contacts>("contacts", "contacts")
}

#[serializer(entity = author::Entity)]
pub struct AuthorItem {
    pub id: i64,
    pub name: String,
}

/// Books go with what points at them.
#[serializer(entity = publisher::Entity)]
pub struct ClearingSerializer {
    pub id: i64,
    #[field(validators(no_spaces, not_elm), max_length = 8)]
    pub name: String,
    #[field(nested(write = replace), cascade(authors))]
    pub books: Vec<BookTitle>,
}

#[serializer(entity = book::Entity)]
pub struct BookTitle {
    pub title: String,
    pub price: Decimal,
}

/// Titles are unique, also of rows in a list.
#[serializer(entity = publisher::Entity)]
pub struct UniquesSerializer {
    pub id: i64,
    #[field(nested(write = patch))]
    pub books: Vec<UniqueTitle>,
}

#[serializer(entity = book::Entity, unique_together(title, price))]
pub struct UniqueTitle {
    pub id: i64,
    #[field(unique)]
    pub title: String,
    pub price: Decimal,
}

#[model_viewset(serializer = UniquesSerializer, actions(partial_update))]
#[permission(AllowAny)]
pub struct UniquesViewSet;

#[allow(clippy::ptr_arg, reason = "a validator gets the field's type")]
fn no_spaces(name: &String) -> Result<(), ValidationError> {
    if name.contains(' ') { Err(ValidationError::new("no spaces")) } else { Ok(()) }
}

#[allow(clippy::ptr_arg, reason = "a validator gets the field's type")]
fn not_elm(name: &String) -> Result<(), ValidationError> {
    if name.starts_with("Elm") { Err(ValidationError::with_code("no elms", "elm")) } else { Ok(()) }
}

#[model_viewset(serializer = ClearingSerializer)]
#[permission(AllowAny)]
pub struct ClearingViewSet;

#[serializer(entity = book::Entity, validate = not_too_dear)]
pub struct BookItem {
    pub id: i64,
    #[field(min_length = 2)]
    pub title: String,
    #[field(min_value = 0)]
    pub price: Decimal,
    #[field(default = Category::Tech)]
    pub category: Category,
    #[field(required = false)]
    pub authors: Vec<PrimaryKeyRelated<author::Entity>>,
}

async fn not_too_dear(
    data: Validated<BookItem>,
    _context: &Context<'_, BookItem>,
) -> Result<Validated<BookItem>> {
    match data.price {
        Some(price) if price > Decimal::from(1000) => Err(ValidationError::new("too dear").into()),
        _ => Ok(data),
    }
}

#[serializer(entity = publisher::Entity)]
pub struct ShelfSerializer {
    pub id: i64,
    pub name: String,
    #[field(nested(write = replace), max_length = 3)]
    pub books: Vec<BookItem>,
}

#[model_viewset(serializer = ShelfSerializer, cascade(books))]
#[permission(AllowAny)]
pub struct ShelfViewSet;

#[serializer(entity = publisher::Entity)]
pub struct AppendingSerializer {
    pub id: i64,
    pub name: String,
    #[field(nested(write = append), required = false)]
    pub books: Vec<BookItem>,
}

#[model_viewset(serializer = AppendingSerializer)]
#[permission(AllowAny)]
pub struct AppendingViewSet;

#[serializer(entity = publisher::Entity)]
pub struct PatchingSerializer {
    pub id: i64,
    pub name: String,
    #[field(nested(write = patch), required = false)]
    pub books: Vec<BookItem>,
}

#[model_viewset(serializer = PatchingSerializer)]
#[permission(AllowAny)]
pub struct PatchingViewSet;

/// Related rows three serializers deep.
#[serializer(entity = book::Entity)]
pub struct ListingBook {
    pub title: String,
    #[field(nested, read_only)]
    pub authors: Vec<AuthorItem>,
    #[field(method = shout)]
    pub shouted: String,
}

fn shout(book: &book::Model) -> String {
    book.title.to_uppercase()
}

#[serializer(entity = publisher::Entity)]
pub struct ListingPublisher {
    pub name: String,
    #[field(nested, read_only)]
    pub books: Vec<ListingBook>,
}

#[serializer(entity = book::Entity)]
pub struct ListingSerializer {
    pub id: i64,
    pub title: String,
    #[field(nested, read_only)]
    pub publisher: ListingPublisher,
}

#[read_only_model_viewset(
    serializer = ListingSerializer,
    pagination = PageNumberPagination { page_size: 1, page_size_query_param: "page_size", max_page_size: 500 },
)]
#[permission(AllowAny)]
pub struct ListingViewSet;

/// Only publishers with an address may be pointed at, and titles are unique but for their case.
#[serializer(entity = book::Entity)]
pub struct StockedReferenceSerializer {
    pub id: i64,
    #[field(unique(lookup = iexact), error_messages(unique = "There is such a title."))]
    pub title: String,
    #[field(default_with = a_price)]
    pub price: Decimal,
    #[field(default_with = CreateOnlyDefault(a_category))]
    pub category: Category,
    #[field(queryset = with_address)]
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    #[field(queryset = no_hopper, slug_field = name, required = false)]
    pub authors: Vec<SlugRelated<author::Entity>>,
}

fn a_price(request: &Request) -> Decimal {
    Decimal::from(request.query_params().get("price").map_or(1, |_| 2))
}

fn a_category(_request: &Request) -> Category {
    Category::Tech
}

fn with_address(_request: &Request, publishers: Select<publisher::Entity>) -> Select<publisher::Entity> {
    publishers.filter(publisher::Column::Address.ne(""))
}

fn no_hopper(_request: &Request, authors: Select<author::Entity>) -> Select<author::Entity> {
    authors.filter(author::Column::Name.ne("Hopper"))
}

#[model_viewset(serializer = StockedReferenceSerializer)]
#[permission(AllowAny)]
pub struct StockedReferenceViewSet;

/// One title a day, one price a month, one category a year.
#[serializer(
    entity = book::Entity,
    unique_for_date(title, published),
    unique_for_month(price, published),
    unique_for_year(rating, published),
)]
pub struct DatedSerializer {
    pub title: String,
    pub price: Decimal,
    pub rating: Option<f64>,
    pub published: Option<Date>,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
}

#[model_viewset(serializer = DatedSerializer)]
#[permission(AllowAny)]
pub struct DatedViewSet;

/// Whole rows behind relations, two deep.
#[serializer(entity = book::Entity, depth = 1)]
pub struct DeepSerializer {
    pub title: String,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    pub authors: Vec<PrimaryKeyRelated<author::Entity>>,
}

#[read_only_model_viewset(serializer = DeepSerializer)]
#[permission(AllowAny)]
pub struct DeepViewSet;

#[serializer(entity = author::Entity, list(max_length = 3, allow_empty = false, validate = no_twins))]
pub struct ManyAuthorsSerializer {
    pub id: i64,
    pub name: String,
}

async fn no_twins(
    authors: Vec<Validated<ManyAuthorsSerializer>>,
    _request: &Request,
) -> Result<Vec<Validated<ManyAuthorsSerializer>>> {
    match authors.first().zip(authors.last()) {
        Some((first, last)) if authors.len() > 1 && first.name == last.name => {
            Err(ValidationError::new("twins").into())
        }
        _ => Ok(authors),
    }
}

#[model_viewset(serializer = ManyAuthorsSerializer, bulk_create)]
#[permission(AllowAny)]
pub struct ManyAuthorsViewSet;

/// New rows in a list that are shown with what is related to them.
#[serializer(entity = book::Entity)]
pub struct ManyBooksSerializer {
    pub title: String,
    #[field(default = Decimal::ONE)]
    pub price: Decimal,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    #[field(source = publisher.name)]
    pub publisher_name: String,
    pub authors: Vec<PrimaryKeyRelated<author::Entity>>,
}

#[model_viewset(serializer = ManyBooksSerializer, actions(create), bulk_create)]
#[permission(AllowAny)]
pub struct ManyBooksViewSet;

#[serializer]
pub struct Point {
    pub x: i64,
    #[field(default = 7)]
    pub y: i64,
}

#[serializer(list(max_length = 2))]
pub struct Contact {
    pub email: Email,
    #[field(write_only)]
    pub secret: String,
    #[field(nested, required = false)]
    pub point: Option<Point>,
    #[field(required = false, child(max_length = 3))]
    pub words: Vec<String>,
    pub publisher: Option<PrimaryKeyRelated<publisher::Entity>>,
    #[field(read_only, default = "shown".to_owned())]
    pub shown: String,
}

#[api_view(POST, PATCH)]
#[permission(AllowAny)]
pub async fn contact(request: &Request) -> Result<Response> {
    let contact = match request.method().as_str() {
        "PATCH" => generics::is_valid_partial::<Contact>(request).await?,
        _ => generics::is_valid::<Contact>(request).await?,
    };
    Ok(Response::ok(Contact::data(&contact)))
}

#[api_view(POST)]
#[permission(AllowAny)]
pub async fn contacts(request: &Request) -> Result<Response> {
    let contacts = generics::is_valid_many::<Contact>(request).await?;
    Ok(Response::ok(contacts.iter().map(Contact::data).collect::<Vec<_>>()))
}
