use std::fmt;
use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::models::user;
use crate::exceptions::Result;

/// The user of a request: a row of `auth_user`, or nobody. Django's `request.user`.
#[derive(Clone, Default)]
pub struct User(Option<Arc<user::Model>>);

impl User {
    /// Nobody: Django's `AnonymousUser`.
    pub fn anonymous() -> Self {
        Self(None)
    }

    /// The user with a name, if there is one.
    pub async fn by_username(db: &impl ConnectionTrait, username: &str) -> Result<Option<Self>> {
        let found = user::Entity::find().filter(user::Column::Username.eq(username)).one(db).await?;
        Ok(found.map(Self::from))
    }

    /// The whole row; `None` for nobody.
    pub fn model(&self) -> Option<&user::Model> {
        self.0.as_deref()
    }

    /// The primary key; `None` for nobody. Django's `user.pk`.
    pub fn id(&self) -> Option<i64> {
        self.model().map(|model| model.id.into())
    }

    /// The name for logging in; empty for nobody, as in Django.
    pub fn username(&self) -> &str {
        self.model().map_or("", |model| model.username.as_str())
    }

    /// Whether this is somebody.
    pub fn is_authenticated(&self) -> bool {
        self.0.is_some()
    }

    /// Whether the user may enter the administration.
    pub fn is_staff(&self) -> bool {
        self.model().is_some_and(|model| model.is_staff)
    }

    /// Whether every permission is granted.
    pub fn is_superuser(&self) -> bool {
        self.model().is_some_and(|model| model.is_superuser)
    }

    /// Whether the password is the user's. Takes as long as its encoding is meant to take, so it runs aside from the
    /// threads that serve requests.
    pub async fn check_password(&self, password: &str) -> bool {
        let encoded = self.model().map(|model| model.password.clone()).unwrap_or_default();
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || djangohashers::check_password_tolerant(&password, &encoded))
            .await
            .unwrap_or(false)
    }

    /// A password as Django keeps it, for a new user or a changed password. Django's `make_password`.
    pub async fn make_password(password: &str) -> String {
        let password = password.to_owned();
        tokio::task::spawn_blocking(move || djangohashers::make_password(&password)).await.unwrap_or_default()
    }

    /// Spends the time of a password check where there is no user to check, so that the clock does not tell names.
    pub(crate) async fn hash_in_vain(password: &str) {
        let password = password.to_owned();
        let _ = tokio::task::spawn_blocking(move || djangohashers::make_password(&password)).await;
    }
}

impl From<user::Model> for User {
    fn from(model: user::Model) -> Self {
        Self(Some(Arc::new(model)))
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

    /// What kind of credentials they are.
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
