use std::future::Future;
use std::sync::LazyLock;

use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr};

use super::models::{token, user};
use super::{Auth, Authentication, AuthenticationResult, User, credentials};
use crate::db::{Connection, Row, Shape, StatementCache};
use crate::exceptions::{APIException, Result};
use crate::request::Request;

/// `Authorization: Token <key>`, with the keys of Django's `authtoken_token`. DRF's `TokenAuthentication`.
///
/// ```
/// use drf::authentication::TokenAuthentication;
///
/// TokenAuthentication.keyword("Bearer"); // `Authorization: Bearer <key>`
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct TokenAuthentication;

/// [`TokenAuthentication`] with another keyword.
#[derive(Debug, Clone, Copy)]
pub struct KeywordTokenAuthentication(&'static str);

impl TokenAuthentication {
    /// With another word before the key.
    pub const fn keyword(self, keyword: &'static str) -> KeywordTokenAuthentication {
        KeywordTokenAuthentication(keyword)
    }
}

impl Authentication for TokenAuthentication {
    fn authenticate(&self, request: &Request) -> impl Future<Output = AuthenticationResult> + Send {
        authenticate(request, "Token")
    }

    fn authenticate_header(&self, _request: &Request) -> Option<String> {
        Some("Token".to_owned())
    }
}

impl Authentication for KeywordTokenAuthentication {
    fn authenticate(&self, request: &Request) -> impl Future<Output = AuthenticationResult> + Send {
        authenticate(request, self.0)
    }

    fn authenticate_header(&self, _request: &Request) -> Option<String> {
        Some(self.0.to_owned())
    }
}

async fn authenticate(request: &Request, keyword: &str) -> AuthenticationResult {
    let Some(key) = credentials(request.headers(), keyword, "token")? else { return Ok(None) };
    let user = match request.app().token_cache().get(key) {
        Some(user) => user,
        // boxed, since most requests that come by here have no token
        None => Box::pin(find(request, key)).await?,
    };
    Ok(Some((user, Some(Auth::new("Token", key)))))
}

/// Asks the database for the user of a key.
async fn find(request: &Request, key: &str) -> Result<User> {
    match owner(request.db(), key).await? {
        None => Err(APIException::authentication_failed("Invalid token.").into()),
        Some((_, false)) => Err(APIException::authentication_failed("User inactive or deleted.").into()),
        Some((user, true)) => Ok(request.app().token_cache().insert(key, user)),
    }
}

static OWNER_STATEMENTS: LazyLock<StatementCache> = LazyLock::new(StatementCache::default);

/// Returns the user of a key, and whether they are active. This statement is part of every request with a token, so it is
/// made once.
async fn owner(db: &Connection, key: &str) -> Result<Option<(User, bool)>, DbErr> {
    let (backend, database) = (db.get_database_backend(), db.database());
    let shape = Shape { backend, database, column: "key", with_model: true };
    let row = db.query_one_raw(OWNER_STATEMENTS.statement(shape, key.into(), find_owner)).await?;
    row.map(|row| read_user(&Row::new(&row))).transpose()
}

fn find_owner() -> SelectStatement {
    let mut statement = SelectStatement::new();
    for column in COLUMNS {
        statement.expr(Expr::col((user::Entity, column)));
    }
    let same_user =
        Expr::col((token::Entity, token::Column::UserId)).equals((user::Entity, user::Column::Id));
    statement.from(token::Entity).inner_join(user::Entity, same_user);
    statement.and_where(Expr::col((token::Entity, token::Column::Key)).eq(""));
    statement
}

const COLUMNS: [user::Column; 5] = [
    user::Column::Id,
    user::Column::Username,
    user::Column::IsStaff,
    user::Column::IsSuperuser,
    user::Column::IsActive,
];

/// Returns the cells of [`COLUMNS`].
fn read_user(row: &Row<'_>) -> Result<(User, bool), DbErr> {
    let absent = || DbErr::Type("a column of `auth_user` is NULL".to_owned());
    let id = row.int(0)?.ok_or_else(absent)?;
    let id = id.try_into().map_err(|_| DbErr::Type(format!("the id {id} of a user is beyond 32 bits")))?;
    let flag = |index| row.boolean(index)?.ok_or_else(absent);
    let user = User::new(id, row.text(1)?.ok_or_else(absent)?, flag(2)?, flag(3)?);
    Ok((user, flag(4)?))
}
