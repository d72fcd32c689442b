use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use sea_orm::{DatabaseConnection, EntityTrait};
use serde::{Serialize, Serializer};

use crate::by_hand::answer::Failure;
use crate::by_hand::input;
use crate::entities::book::{self, Category};

/// A book as it goes out.
#[derive(Debug, Serialize)]
pub(super) struct Book {
    id: i64,
    name: String,
    isbn: String,
    #[serde(serialize_with = "cents")]
    price: Decimal,
    category: &'static str,
    in_stock: bool,
    rating: Option<f64>,
    published: Option<NaiveDate>,
    created: DateTime<Utc>,
    publisher: i64,
}

impl From<book::Model> for Book {
    fn from(book: book::Model) -> Self {
        Self {
            id: book.id,
            name: book.name,
            isbn: book.isbn,
            price: book.price,
            category: name(book.category),
            in_stock: book.in_stock,
            rating: book.rating,
            published: book.published,
            created: book.created,
            publisher: book.publisher_id,
        }
    }
}

fn cents<S: Serializer>(price: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{price:.2}"))
}

fn name(category: Category) -> &'static str {
    match category {
        Category::Fiction => "fiction",
        Category::Science => "science",
        Category::History => "history",
        Category::Tech => "tech",
    }
}

/// The value of the column for what a client sent.
pub(super) fn category(sent: input::Category) -> Category {
    match sent {
        input::Category::Fiction => Category::Fiction,
        input::Category::Science => Category::Science,
        input::Category::History => Category::History,
        input::Category::Tech => Category::Tech,
    }
}

pub(super) async fn by_id(db: &DatabaseConnection, id: i64) -> Result<book::Model, Failure> {
    book::Entity::find_by_id(id).one(db).await?.ok_or(Failure::NO_BOOK)
}
