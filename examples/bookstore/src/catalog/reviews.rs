use drf::authentication::models::user;
use drf::prelude::*;

use super::PAGES;
use crate::entities::{book, review};

#[serializer(entity = review::Entity)]
pub struct ReviewSerializer {
    pub id: i64,
    pub book: PrimaryKeyRelated<book::Entity>,
    #[field(hidden, default_with = CurrentUserDefault)]
    pub owner: PrimaryKeyRelated<user::Entity>,
    #[field(source = owner.username)]
    pub owner_name: ReadOnly<String>,
    #[field(min_value = 1, max_value = 5)]
    pub rating: i32,
    pub text: String,
    #[field(read_only)]
    pub created: DateTimeUtc,
}

/// Only the owner may change a row.
#[derive(Debug)]
pub struct IsOwnerOrReadOnly;

impl Permission<review::Model> for IsOwnerOrReadOnly {
    async fn has_object_permission(&self, request: &Request, review: &review::Model) -> Result<bool> {
        Ok(request.is_safe() || request.user().has_pk(review.owner_id))
    }
}

/// Owner comes from the request; only the owner may change a review.
#[model_viewset(serializer = ReviewSerializer, pagination = PAGES)]
#[permission(IsAuthenticatedOrReadOnly, IsOwnerOrReadOnly)]
pub struct ReviewViewSet;
