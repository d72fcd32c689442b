//! Django's own users. Their tokens are looked up for every request, so it is one statement that is made once.

use std::sync::LazyLock;

use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Expr, ExprTrait, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::backend::{LogIn, ModelBackend, UserBackend};
use super::models::{token, user};
use super::{AbstractBaseUser, User};
use crate::db::{Connection, Row, Shape, StatementCache};
use crate::exceptions::Result;
use crate::schema::Entity;

/// The users of `auth_user`.
#[derive(Debug)]
pub(crate) struct AuthUserBackend;

const ROWS: ModelBackend<user::Model> = ModelBackend::new();

impl UserBackend for AuthUserBackend {
    fn entity(&self) -> &'static Entity {
        ROWS.entity()
    }

    fn by_token<'a>(&'a self, key: &'a str, db: &'a Connection) -> BoxFuture<'a, Result<Option<User>>> {
        Box::pin(async move { Ok(owner(db, key).await?) })
    }

    fn log_in<'a>(&'a self, log_in: LogIn<'a>) -> BoxFuture<'a, Result<Option<User>>> {
        ROWS.log_in(log_in)
    }
}

/// The columns of a user that permissions and throttles read.
struct TokenOwner {
    id: i32,
    username: Box<str>,
    is_staff: bool,
    is_superuser: bool,
    is_active: bool,
}

impl AbstractBaseUser for TokenOwner {
    fn pk(&self) -> Value {
        self.id.into()
    }

    fn get_username(&self) -> &str {
        &self.username
    }

    fn is_active(&self) -> bool {
        self.is_active
    }

    fn is_staff(&self) -> bool {
        self.is_staff
    }

    fn is_superuser(&self) -> bool {
        self.is_superuser
    }
}

static OWNER_STATEMENTS: LazyLock<StatementCache> = LazyLock::new(StatementCache::default);

async fn owner(db: &Connection, key: &str) -> Result<Option<User>, DbErr> {
    let (backend, database) = (db.get_database_backend(), db.database());
    let shape = Shape { backend, database, column: "key", with_model: true };
    let row = db.query_one_raw(OWNER_STATEMENTS.statement(shape, key.into(), find_owner)).await?;
    row.map(|row| read_owner(&Row::new(&row))).transpose()
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
fn read_owner(row: &Row<'_>) -> Result<User, DbErr> {
    let absent = || DbErr::Type("a column of `auth_user` is NULL".to_owned());
    let id = row.int(0)?.ok_or_else(absent)?;
    let id = id.try_into().map_err(|_| DbErr::Type(format!("the id {id} of a user is beyond 32 bits")))?;
    let flag = |index| row.boolean(index)?.ok_or_else(absent);
    let username = row.text(1)?.ok_or_else(absent)?.into();
    let owner = TokenOwner { id, username, is_staff: flag(2)?, is_superuser: flag(3)?, is_active: flag(4)? };
    Ok(owner.into())
}
