use std::collections::HashSet;

use drf::prelude::*;
use drf::sea_orm::EntityTrait;

use crate::entities::{book, tag};

#[serializer(
    entity = tag::Entity,
    unique_together(book, label),
    list(validate = no_duplicates),
)]
pub struct TagSerializer {
    pub id: i64,
    pub book: PrimaryKeyRelated<book::Entity>,
    pub label: Slug,
    #[field(min_value = 0, max_value = 9223372036854775807)]
    pub weight: i64,
}

async fn no_duplicates(
    tags: Vec<Validated<TagSerializer>>,
    _request: &Request,
) -> Result<Vec<Validated<TagSerializer>>> {
    let labels = tags.iter().map(|tag| (tag.book.as_ref().map(|book| book.0), tag.label.clone()));
    match labels.collect::<HashSet<_>>().len() == tags.len() {
        true => Ok(tags),
        false => Err(ValidationError::new("duplicate labels in one request").into()),
    }
}

/// POST takes one object or a list (bulk create).
#[model_viewset(serializer = TagSerializer, pagination = none, bulk_create)]
pub struct TagViewSet;

#[actions]
impl TagViewSet {
    #[action(list, methods(DELETE))]
    async fn clear(request: &Request) -> Result<Response> {
        let done = tag::Entity::delete_many().exec(request.db_for_write()).await?;
        Ok(Response::ok(Value::from([("deleted", done.rows_affected)])))
    }
}
