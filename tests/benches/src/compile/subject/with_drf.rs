use drf::prelude::*;

use super::entity;

#[serializer(entity = entity::Entity)]
pub struct BookSerializer {
    pub id: i64,
    pub name: String,
    pub isbn: String,
    #[field(min_value = 0)]
    pub price: Decimal,
    pub in_stock: bool,
    #[field(min_value = 1)]
    pub pages: i32,
    #[field(min_value = 0, max_value = 5)]
    pub rating: Option<f64>,
    pub published: Option<Date>,
    pub notes: String,
    #[field(read_only)]
    pub created: DateTimeUtc,
}

#[model_viewset(
    serializer = BookSerializer,
    filterset_fields(in_stock, name(icontains), price(lt, gt), published(year)),
    search_fields(name, notes),
    ordering_fields(name, price, published),
    pagination = PageNumberPagination { page_size: 20, page_size_query_param: "page_size", max_page_size: 100 },
)]
#[authentication(TokenAuthentication)]
#[permission(IsAuthenticatedOrReadOnly)]
#[throttle(rate = "1000/hour")]
pub struct BookViewSet;
