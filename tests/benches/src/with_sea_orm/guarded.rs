use axum::extract::{FromRequestParts, Path, State};
use drf::authentication::models;
use http::request::Parts;
use sea_orm::EntityTrait;

use super::Shared;
use super::book::{Book, by_id};
use crate::by_hand::answer::{DETAIL, Failure, TestResponse};
use crate::by_hand::token;

/// A user with a valid token who did not ask too often.
pub(super) struct Member;

impl FromRequestParts<Shared> for Member {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Failure> {
        let token = models::token::Entity::find_by_id(token(&parts.headers)?);
        let found = token.find_also_related(models::user::Entity).one(&shared.db).await?;
        let user = found.and_then(|(_, user)| user).ok_or(Failure::Unauthorized("Invalid token."))?;
        if !user.is_active {
            return Err(Failure::Unauthorized("User inactive or deleted."));
        }
        shared.throttle.count(user.id)?;
        Ok(Self)
    }
}

pub(super) async fn retrieve(
    _: Member,
    State(shared): State<Shared>,
    Path(id): Path<i64>,
) -> Result<TestResponse<Book>, Failure> {
    Ok(TestResponse::ok(DETAIL, by_id(&shared.db, id).await?.into()))
}
