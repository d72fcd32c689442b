use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use chrono::Utc;
use http::{Method, StatusCode, Uri};
use sea_orm::prelude::{Date, DateTimeUtc, Decimal};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, DatabaseConnection, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, Select, Set,
};
use serde::{Deserialize, Serialize};

use super::entity::{ActiveModel, Column, Entity, Model};
use super::shared::{
    Body, Errors, Failure, Page, Paging, Shared, cents, contains, given, orders, set, terms, year,
};

const NOT_FOUND: Failure = Failure::NotFound("No Book matches the given query.");

#[derive(Debug, Serialize)]
struct Book {
    id: i64,
    name: String,
    isbn: String,
    #[serde(serialize_with = "cents")]
    price: Decimal,
    in_stock: bool,
    pages: i32,
    rating: Option<f64>,
    published: Option<Date>,
    notes: String,
    created: DateTimeUtc,
}

impl From<Model> for Book {
    fn from(book: Model) -> Self {
        Self {
            id: book.id,
            name: book.name,
            isbn: book.isbn,
            price: book.price,
            in_stock: book.in_stock,
            pages: book.pages,
            rating: book.rating,
            published: book.published,
            notes: book.notes,
            created: book.created,
        }
    }
}

/// What a client sends. The outer `Option` says whether a field is there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Input {
    name: Option<String>,
    isbn: Option<String>,
    price: Option<Decimal>,
    in_stock: Option<bool>,
    pages: Option<i32>,
    #[serde(deserialize_with = "given")]
    rating: Option<Option<f64>>,
    #[serde(deserialize_with = "given")]
    published: Option<Option<Date>>,
    notes: Option<String>,
}

impl Input {
    fn check(&self, partial: bool) -> Result<(), Failure> {
        let mut errors = Errors::new(partial);
        errors.text("name", self.name.as_deref(), 200);
        errors.text("isbn", self.isbn.as_deref(), 13);
        errors.decimal("price", self.price, 8, 2);
        errors.at_least("price", self.price, Decimal::ZERO);
        errors.required("pages", self.pages.is_some());
        errors.at_least("pages", self.pages, 1);
        errors.at_least("rating", self.rating.flatten(), 0.0);
        errors.at_most("rating", self.rating.flatten(), 5.0);
        errors.into_result()
    }

    fn store(self, book: &mut ActiveModel) {
        set(&mut book.name, self.name);
        set(&mut book.isbn, self.isbn);
        set(&mut book.price, self.price);
        set(&mut book.in_stock, self.in_stock);
        set(&mut book.pages, self.pages);
        set(&mut book.rating, self.rating);
        set(&mut book.published, self.published);
        set(&mut book.notes, self.notes);
    }
}

#[derive(Debug, Deserialize)]
struct Filter {
    in_stock: Option<bool>,
    #[serde(rename = "name__icontains")]
    name_contains: Option<String>,
    #[serde(rename = "price__lt")]
    price_below: Option<Decimal>,
    #[serde(rename = "price__gt")]
    price_above: Option<Decimal>,
    #[serde(rename = "published__year")]
    published_in: Option<i32>,
    search: Option<String>,
    ordering: Option<String>,
}

impl Filter {
    fn apply(&self) -> Select<Entity> {
        let (from, to) = self.published_in.and_then(year).unzip();
        let mut all = Condition::all()
            .add_option(self.in_stock.map(|in_stock| Column::InStock.eq(in_stock)))
            .add_option(self.name_contains.as_deref().map(|text| Column::Name.like(contains(text))))
            .add_option(self.price_below.map(|price| Column::Price.lt(price)))
            .add_option(self.price_above.map(|price| Column::Price.gt(price)))
            .add_option(from.map(|day| Column::Published.gte(day)))
            .add_option(to.map(|day| Column::Published.lte(day)));
        for term in terms(self.search.as_deref()) {
            let any = Condition::any().add(Column::Name.like(term.clone())).add(Column::Notes.like(term));
            all = all.add(any);
        }
        self.order(Entity::find().filter(all))
    }

    fn order(&self, mut books: Select<Entity>) -> Select<Entity> {
        for (name, order) in orders(self.ordering.as_deref()) {
            let column = match name {
                "name" => Column::Name,
                "price" => Column::Price,
                "published" => Column::Published,
                _ => continue,
            };
            books = books.order_by(column, order);
        }
        books.order_by_asc(Column::Id)
    }
}

pub fn routes(path: &str) -> Router<Shared> {
    let one = get(retrieve).put(update).patch(update).delete(destroy);
    Router::new().route(path, get(list).post(create)).route(&format!("{path}{{id}}/"), one)
}

async fn find(db: &DatabaseConnection, id: i64) -> Result<Model, Failure> {
    Entity::find_by_id(id).one(db).await?.ok_or(NOT_FOUND)
}

async fn list(
    State(shared): State<Shared>,
    Query(filter): Query<Filter>,
    Query(paging): Query<Paging>,
    uri: Uri,
) -> Result<Json<Page<Book>>, Failure> {
    let pages = filter.apply().paginate(&shared.db, paging.size());
    let count = pages.num_items().await?;
    let books = pages.fetch_page(paging.index(count)?).await?;
    Ok(Json(Page::new(&uri, &paging, count, books.into_iter().map(Book::from).collect())))
}

async fn create(
    State(shared): State<Shared>,
    Body(input): Body<Input>,
) -> Result<(StatusCode, Json<Book>), Failure> {
    input.check(false)?;
    let mut book = ActiveModel { created: Set(Utc::now()), ..Default::default() };
    input.store(&mut book);
    let book = book.insert(&shared.db).await.map_err(|error| Failure::of_write(error, "isbn"))?;
    Ok((StatusCode::CREATED, Json(book.into())))
}

async fn retrieve(State(shared): State<Shared>, Path(id): Path<i64>) -> Result<Json<Book>, Failure> {
    Ok(Json(find(&shared.db, id).await?.into()))
}

async fn update(
    State(shared): State<Shared>,
    Path(id): Path<i64>,
    method: Method,
    Body(input): Body<Input>,
) -> Result<Json<Book>, Failure> {
    let mut book = find(&shared.db, id).await?.into_active_model();
    input.check(method == Method::PATCH)?;
    input.store(&mut book);
    let book = book.update(&shared.db).await.map_err(|error| Failure::of_write(error, "isbn"))?;
    Ok(Json(book.into()))
}

async fn destroy(State(shared): State<Shared>, Path(id): Path<i64>) -> Result<StatusCode, Failure> {
    let found = Entity::delete_by_id(id).exec(&shared.db).await?;
    if found.rows_affected == 0 { Err(NOT_FOUND) } else { Ok(StatusCode::NO_CONTENT) }
}
