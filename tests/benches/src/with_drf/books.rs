use drf::http::StatusCode;
use drf::prelude::*;
use serde::Serialize;

use super::PAGES;
use crate::entities::book::{self, Category};
use crate::entities::publisher;

#[serializer(entity = book::Entity)]
pub struct BookSerializer {
    pub id: i64,
    pub name: String,
    pub isbn: String,
    #[field(min_value = 0)]
    pub price: Decimal,
    pub category: Category,
    pub in_stock: bool,
    #[field(min_value = 0, max_value = 5)]
    pub rating: Option<f64>,
    pub published: Option<Date>,
    #[field(read_only)]
    pub created: DateTimeUtc,
    pub publisher: PrimaryKeyRelated<publisher::Entity>,
}

#[model_viewset(
    serializer = BookSerializer,
    filterset_fields(category, in_stock),
    search_fields(name),
    ordering_fields(price, name, id),
    pagination = PAGES,
)]
#[permission(AllowAny)]
pub struct BookViewSet;

#[derive(Serialize)]
struct Floor {
    ok: bool,
}

#[actions]
impl BookViewSet {
    #[action(list)]
    async fn floor(_request: &Request) -> Result<Response> {
        Response::serialize(StatusCode::OK, &Floor { ok: true })
    }
}
