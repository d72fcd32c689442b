use drf::prelude::*;

use super::PAGES;
use crate::entities::book::{self, Category};
use crate::entities::publisher;

#[serializer(entity = book::Entity)]
pub struct ShelfSerializer {
    pub id: i64,
    pub name: String,
    pub isbn: String,
    pub price: Decimal,
    pub category: Category,
    pub in_stock: bool,
    pub rating: Option<f64>,
    pub published: Option<Date>,
    #[field(read_only)]
    pub created: DateTimeUtc,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
    #[field(source = publisher.name)]
    pub publisher_name: String,
    #[field(source = authors.name)]
    pub author_names: Vec<String>,
}

#[read_only_model_viewset(serializer = ShelfSerializer, actions(list), pagination = PAGES)]
#[permission(AllowAny)]
pub struct ShelfViewSet;
