use drf::prelude::*;
use drf::sea_orm::sea_query::{Expr, Func};
use drf::sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

use super::PAGES;
use crate::entities::book::{self, Category};
use crate::entities::{author, publisher};

/// Primary-key relations, derived read-only columns, object level validate.
#[serializer(entity = book::Entity, unique_together(publisher, name), validate = validate)]
pub struct BookSerializer {
    pub id: i64,
    pub name: String,
    #[field(regex = r"^\d{13}$", error_messages(unique = "isbn already registered"))]
    pub isbn: String,
    #[field(min_value = 0)]
    pub price: Decimal,
    pub category: Category,
    #[field(source = category, display)]
    pub category_label: Category,
    pub in_stock: bool,
    #[field(min_value = 0, max_value = 5)]
    pub rating: Option<f64>,
    pub published: Option<Date>,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    #[field(source = publisher.name)]
    pub publisher_name: String,
    pub authors: Vec<PrimaryKeyRelated<author::Entity>>,
    #[field(source = authors.username)]
    pub author_names: Vec<String>,
    #[field(read_only)]
    pub create_time: DateTimeUtc,
    #[field(read_only)]
    pub update_time: DateTimeUtc,
}

async fn validate(
    data: Validated<BookSerializer>,
    context: &Context<'_, BookSerializer>,
) -> Result<Validated<BookSerializer>> {
    let price = data.price.or(context.instance.map(|book| book.price));
    let category = data.category.or(context.instance.map(|book| book.category)).unwrap_or(Category::Fiction);
    if category == Category::Tech && price.is_some_and(|price| price > Decimal::from(500)) {
        let errors = [("price", "tech books must not cost more than 500"), ("category", "too expensive")];
        return Err(ValidationError::fields(errors).into());
    }
    Ok(data)
}

#[serializer(entity = book::Entity)]
pub struct BookBriefSerializer {
    pub id: i64,
    pub name: String,
    pub price: Decimal,
    pub category: Category,
    pub in_stock: bool,
    pub rating: Option<f64>,
}

/// All filter backends together, paginated, writes for logged-in users.
#[model_viewset(
    serializer = BookSerializer,
    filterset_fields(category, in_stock, publisher, publisher.name, authors),
    search_fields(name, publisher.name, authors.username),
    ordering_fields(price, name, published, publisher.name, id),
    ordering(id),
    pagination = PAGES,
    cascade(authors, reviews, tags, purchases),
)]
#[permission(IsAuthenticatedOrReadOnly)]
pub struct BookViewSet;

#[actions]
impl BookViewSet {
    /// Aggregates of the filtered queryset, per category.
    #[action(list)]
    async fn stats(request: &Request) -> Result<Response> {
        let queryset = generics::filter_queryset(request, Self::get_queryset(request)).await?;
        let [id, category, rating] =
            ["id", "category", "rating"].map(|column| Expr::col((book::Entity, column)));
        let mut statement = queryset.into_statement();
        statement
            .clear_order_by()
            .expr(category.clone())
            .expr(Func::count_distinct(id))
            .expr(Func::avg(rating));
        statement.add_group_by([category.clone()]).order_by_expr(category, drf::sea_orm::Order::Asc);
        let mut stats = Vec::new();
        for row in request.db().query_all(&statement).await? {
            let row = Row::new(&row);
            let (category, n, avg) = (row.text(0)?, row.int(1)?, row.float(2)?);
            let entry: [(&str, Value); 3] =
                [("category", category.into()), ("n", n.into()), ("avg", avg.into())];
            stats.push(Value::from(entry));
        }
        Ok(Response::ok(stats))
    }

    #[action(list, filter_backends(), pagination = none)]
    async fn recent(request: &Request) -> Result<Response> {
        let books = book::Entity::find().order_by_desc(book::Column::CreateTime).limit(2);
        generics::serialize::<BookSerializer>(request, books).await
    }

    #[action(detail, methods(PATCH), url_path = "stock", permission(IsAdminUser))]
    async fn set_stock(request: &Request, book: book::Model) -> Result<Response> {
        generics::partial_update::<BookBriefSerializer>(request, book, request.data().await?).await
    }
}
