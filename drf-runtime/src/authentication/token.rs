use std::sync::LazyLock;

use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr};

use super::models::{token, user};
use super::{Auth, Authentication, User, credentials};
use crate::db::{Connection, Kept, Row, Shape};
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
    async fn authenticate(&self, request: &Request) -> Result<Option<(User, Option<Auth>)>> {
        self.keyword("Token").authenticate(request).await
    }

    fn authenticate_header(&self, _request: &Request) -> Option<String> {
        Some("Token".to_owned())
    }
}

impl Authentication for KeywordTokenAuthentication {
    async fn authenticate(&self, request: &Request) -> Result<Option<(User, Option<Auth>)>> {
        let Some(key) = credentials(request.headers(), self.0, "token")? else { return Ok(None) };
        let known = request.app().tokens().get(key);
        let user = match known {
            Some(user) => user,
            // boxed, since most requests that come by here have no token
            None => Box::pin(find(request, key)).await?,
        };
        Ok(Some((user, Some(Auth::new("Token", key)))))
    }

    fn authenticate_header(&self, _request: &Request) -> Option<String> {
        Some(self.0.to_owned())
    }
}

/// Asks the database for the user of a key.
async fn find(request: &Request, key: &str) -> Result<User> {
    match owner(&Connection::pool(request.db()), key).await? {
        None => Err(APIException::authentication_failed("Invalid token.").into()),
        Some(user) if !user.is_active => {
            Err(APIException::authentication_failed("User inactive or deleted.").into())
        }
        Some(user) => Ok(request.app().tokens().keep(key, user.into())),
    }
}

static KEPT: LazyLock<Kept> = LazyLock::new(Kept::default);

/// Whose a key is. This statement is part of every request with a token, so it is made once.
async fn owner(db: &Connection, key: &str) -> Result<Option<user::Model>, DbErr> {
    let shape = Shape { backend: db.get_database_backend(), column: "key", with_model: true };
    let row = db.query_one_raw(KEPT.statement(shape, key.into(), find_owner)).await?;
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

const COLUMNS: [user::Column; 11] = [
    user::Column::Id,
    user::Column::Password,
    user::Column::LastLogin,
    user::Column::IsSuperuser,
    user::Column::Username,
    user::Column::LastName,
    user::Column::Email,
    user::Column::IsStaff,
    user::Column::IsActive,
    user::Column::DateJoined,
    user::Column::FirstName,
];

/// The cells of [`COLUMNS`] as a user.
fn read_user(row: &Row<'_>) -> Result<user::Model, DbErr> {
    let text = |index| row.text(index).map(|text| text.unwrap_or_default().to_owned());
    let flag = |index| row.boolean(index).map(Option::unwrap_or_default);
    Ok(user::Model {
        id: row.int(0)?.and_then(|id| id.try_into().ok()).unwrap_or_default(),
        password: text(1)?,
        last_login: row.datetime(2)?,
        is_superuser: flag(3)?,
        username: text(4)?,
        last_name: text(5)?,
        email: text(6)?,
        is_staff: flag(7)?,
        is_active: flag(8)?,
        date_joined: row.datetime(9)?.unwrap_or_default(),
        first_name: text(10)?,
    })
}
