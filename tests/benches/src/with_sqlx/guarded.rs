use axum::extract::{FromRequestParts, Path, State};
use http::request::Parts;

use super::dialect::{Book, UserId};
use super::routes::{Shared, by_id};
use crate::by_hand::answer::{DETAIL, Failure, TestResponse};
use crate::by_hand::token;

/// A user with a valid token who did not ask too often.
pub(super) struct Member;

impl FromRequestParts<Shared> for Member {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Failure> {
        let sql = "SELECT auth_user.id, auth_user.is_active FROM authtoken_token \
                   JOIN auth_user ON auth_user.id = authtoken_token.user_id WHERE authtoken_token.key = $1";
        let found = sqlx::query_as(sql).bind(token(&parts.headers)?).fetch_optional(&shared.db).await?;
        let (id, is_active): (UserId, bool) = found.ok_or(Failure::Unauthorized("Invalid token."))?;
        if !is_active {
            return Err(Failure::Unauthorized("User inactive or deleted."));
        }
        shared.throttle.count(id)?;
        Ok(Self)
    }
}

pub(super) async fn retrieve(
    _: Member,
    State(shared): State<Shared>,
    Path(id): Path<i64>,
) -> Result<TestResponse<Book>, Failure> {
    Ok(TestResponse::ok(DETAIL, by_id(&shared.db, id).await?))
}
