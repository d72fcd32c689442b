use axum::Json;
use axum::extract::{Path, State};
use http::StatusCode;
use sea_orm::{ActiveModelTrait, ActiveValue, IntoActiveModel, Set};

use super::Shared;
use super::book::{Book, by_id, category};
use crate::by_hand::answer::{DETAIL, Failure, LIST, TestResponse};
use crate::by_hand::input::{BookChanges, NewBook};
use crate::entities::book::ActiveModel;

/// One statement: whether the isbn is free and the publisher there, its constraints say.
pub(super) async fn create(
    State(shared): State<Shared>,
    Json(new): Json<NewBook>,
) -> Result<TestResponse<Book>, Failure> {
    new.check()?;
    let book = ActiveModel {
        name: Set(new.name),
        isbn: Set(new.isbn),
        price: Set(new.price),
        category: Set(category(new.category)),
        in_stock: Set(new.in_stock),
        rating: Set(new.rating),
        published: Set(new.published),
        publisher_id: Set(new.publisher),
        ..Default::default()
    };
    let data = book.insert(&shared.db).await?.into();
    Ok(TestResponse { status: StatusCode::CREATED, allow: LIST, data })
}

pub(super) async fn patch(
    State(shared): State<Shared>,
    Path(id): Path<i64>,
    Json(changes): Json<BookChanges>,
) -> Result<TestResponse<Book>, Failure> {
    changes.check()?;
    let mut book = by_id(&shared.db, id).await?.into_active_model();
    set(&mut book.name, changes.name);
    set(&mut book.isbn, changes.isbn);
    set(&mut book.price, changes.price);
    set(&mut book.category, changes.category.map(category));
    set(&mut book.in_stock, changes.in_stock);
    set(&mut book.rating, changes.rating);
    set(&mut book.published, changes.published);
    set(&mut book.publisher_id, changes.publisher);
    let book = book.update(&shared.db).await?;
    Ok(TestResponse::ok(DETAIL, book.into()))
}

fn set<T: Into<sea_orm::Value>>(field: &mut ActiveValue<T>, value: Option<T>) {
    if let Some(value) = value {
        *field = Set(value);
    }
}
