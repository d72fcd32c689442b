use std::fmt;
use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::models::user;
use crate::exceptions::Result;

/// The user of a request: a user of `auth_user`, or an anonymous one. Django's `request.user`.
///
/// It knows what permissions and throttles ask for. Mail address, names and the like are asked for when they are needed:
///
/// ```
/// use drf::prelude::*;
///
/// #[api_view(GET)]
/// async fn whoami(request: &Request) -> Result<Response> {
///     let row = request.user().model(request.db()).await?;
///     Ok(Response::ok(row.map(|user| user.email).unwrap_or_default()))
/// }
/// ```
#[derive(Clone, Default)]
pub struct User(Option<UserData>);

/// The data of an authenticated user that permissions and throttles read.
#[derive(Clone)]
struct UserData {
    id: i32,
    is_staff: bool,
    is_superuser: bool,
    username: Arc<str>,
}

impl User {
    /// Returns the anonymous user. Django's `AnonymousUser`.
    pub fn anonymous() -> Self {
        Self(None)
    }

    /// Creates an authenticated user.
    pub(crate) fn new(id: i32, username: &str, is_staff: bool, is_superuser: bool) -> Self {
        Self(Some(UserData { id, is_staff, is_superuser, username: username.into() }))
    }

    /// Returns the user with a name, if there is one.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn by_username(db: &impl ConnectionTrait, username: &str) -> Result<Option<Self>> {
        Ok(user::Model::by_username(db, username).await?.map(Self::from))
    }

    /// Returns the whole row of `auth_user` as it is now; `None` for an anonymous user.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn model(&self, db: &impl ConnectionTrait) -> Result<Option<user::Model>> {
        match &self.0 {
            Some(user) => Ok(user::Entity::find_by_id(user.id).one(db).await?),
            None => Ok(None),
        }
    }

    /// Returns the primary key; `None` for an anonymous user. Django's `user.pk`.
    pub fn id(&self) -> Option<i64> {
        self.0.as_ref().map(|user| user.id.into())
    }

    /// Returns the name for logging in; empty for an anonymous user, as in Django.
    pub fn username(&self) -> &str {
        self.0.as_ref().map_or("", |user| &user.username)
    }

    /// Returns whether the user is authenticated.
    pub fn is_authenticated(&self) -> bool {
        self.0.is_some()
    }

    /// Returns whether the user may enter the administration.
    pub fn is_staff(&self) -> bool {
        self.0.as_ref().is_some_and(|user| user.is_staff)
    }

    /// Returns whether every permission is granted.
    pub fn is_superuser(&self) -> bool {
        self.0.as_ref().is_some_and(|user| user.is_superuser)
    }
}

impl From<user::Model> for User {
    fn from(model: user::Model) -> Self {
        Self::new(model.id, &model.username, model.is_staff, model.is_superuser)
    }
}

impl user::Model {
    /// Returns the user with a name, if there is one.
    pub(crate) async fn by_username(db: &impl ConnectionTrait, username: &str) -> Result<Option<Self>> {
        Ok(user::Entity::find().filter(user::Column::Username.eq(username)).one(db).await?)
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_authenticated() { self.username() } else { "AnonymousUser" })
    }
}

/// The credentials that were accepted. DRF's `request.auth`.
#[derive(Clone, PartialEq)]
pub struct Auth {
    kind: &'static str,
    text: Arc<str>,
}

impl Auth {
    /// Credentials of a kind ("Token") and their text (the key).
    pub fn new(kind: &'static str, text: &str) -> Self {
        Self { kind, text: text.into() }
    }

    /// Returns the kind of the credentials.
    pub fn kind(&self) -> &'static str {
        self.kind
    }

    /// Their text: the key of a token.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

// The text is a secret and stays out of logs.
impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Auth").field(&self.kind).finish()
    }
}
