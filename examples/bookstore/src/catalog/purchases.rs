use drf::authentication::models::user;
use drf::prelude::*;
use drf::sea_orm::sea_query::{Expr, ExprTrait};

use crate::entities::{book, purchase};

#[serializer(
    entity = purchase::Entity,
    unique_together(fields(book, purchaser), message = "you already own this book"),
)]
pub struct PurchaseSerializer {
    pub id: i64,
    pub book: PrimaryKeyRelated<book::Entity>,
    #[field(read_only, default_with = CurrentUserDefault)]
    pub purchaser: PrimaryKeyRelated<user::Entity>,
    #[field(min_value = 0, max_value = 9223372036854775807)]
    pub quantity: i64,
}

/// Only rows that belong to the user; staff sees everything.
#[derive(Debug)]
pub struct OwnerOnly;

impl FilterBackend for OwnerOnly {
    async fn filter_queryset(&self, request: &Request, queryset: QuerySet) -> Result<QuerySet> {
        if request.user().is_staff() {
            return Ok(queryset);
        }
        let purchaser = Expr::col((queryset.entity().table, "purchaser_id"));
        Ok(queryset.filter(purchaser.eq(request.user().pk())))
    }
}

/// Own purchases only, create and list only, no detail route.
#[model_viewset(
    serializer = PurchaseSerializer,
    actions(create, list),
    filter_backends(OwnerOnly),
    pagination = none,
    perform_create = perform_create,
)]
#[permission(IsAuthenticated)]
pub struct PurchaseViewSet;

async fn perform_create(
    request: &Request,
    mut purchase: Create<'_, PurchaseSerializer>,
) -> Result<Saved<purchase::Entity>> {
    purchase.model.purchaser_id = Set(request.user_id::<user::Entity>()?);
    purchase.save().await
}
