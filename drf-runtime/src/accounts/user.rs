use std::any::Any;
use std::fmt;
use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, ModelTrait, QueryFilter, Value};

use super::models::user;
use crate::db::Key;
use crate::exceptions::Result;

/// A user, as authentication, permissions and throttles see it. Django's `AbstractBaseUser`.
///
/// A user is a row of the project's own table, which is a [`UserModel`] as well, or no row at all: one that another service
/// vouches for.
///
/// ```
/// use drf::authentication::{AbstractBaseUser, User};
/// use drf::sea_orm::Value;
///
/// /// The claims of a token are all that is known.
/// #[derive(Debug)]
/// struct Employee {
///     number: String,
///     is_manager: bool,
/// }
///
/// impl AbstractBaseUser for Employee {
///     fn pk(&self) -> Value {
///         self.number.as_str().into()
///     }
///
///     fn get_username(&self) -> &str {
///         &self.number
///     }
///
///     fn is_staff(&self) -> bool {
///         self.is_manager
///     }
/// }
///
/// let user = User::from(Employee { number: "E 7".to_owned(), is_manager: true });
/// assert!(user.is_authenticated() && user.is_staff());
/// assert_eq!(user.downcast_ref::<Employee>().map(|employee| &*employee.number), Some("E 7"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no user",
    label = "not a user",
    note = "implement `drf::authentication::AbstractBaseUser` for it"
)]
pub trait AbstractBaseUser: Any + Send + Sync {
    /// Returns the primary key. Django's `user.pk`.
    fn pk(&self) -> Value;

    /// Returns the name for logging in: the mail address, where users log in by that. Django's `get_username()`.
    fn get_username(&self) -> &str;

    /// Returns whether the user may log in.
    fn is_active(&self) -> bool {
        true
    }

    /// Returns whether the user may enter the administration.
    fn is_staff(&self) -> bool {
        false
    }

    /// Returns whether every permission is granted.
    fn is_superuser(&self) -> bool {
        false
    }
}

/// A model whose rows are the users of a project. Django's `AUTH_USER_MODEL`; [`AppBuilder::auth_user_model`] names it.
///
/// Its key is of any type, and its column for logging in has any name:
///
/// ```
/// use drf::authentication::{AbstractBaseUser, UserModel};
/// use drf::prelude::*;
/// use drf::sea_orm::{self, Value as DbValue};
///
/// mod account {
///     use drf::sea_orm;
///     use drf::sea_orm::entity::prelude::*;
///
///     #[sea_orm::model]
///     #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
///     #[sea_orm(table_name = "account")]
///     pub struct Model {
///         #[sea_orm(primary_key, auto_increment = false)]
///         pub id: Uuid,
///         #[sea_orm(unique)]
///         pub email: String,
///         pub password: String,
///         pub active: bool,
///     }
///
///     impl ActiveModelBehavior for ActiveModel {}
/// }
///
/// impl AbstractBaseUser for account::Model {
///     fn pk(&self) -> DbValue {
///         self.id.into()
///     }
///
///     fn get_username(&self) -> &str {
///         &self.email
///     }
///
///     fn is_active(&self) -> bool {
///         self.active
///     }
/// }
///
/// impl UserModel for account::Model {
///     const USERNAME_FIELD: account::Column = account::Column::Email;
///     const PASSWORD_FIELD: account::Column = account::Column::Password;
/// }
///
/// # async fn app() -> Result<App, sea_orm::DbErr> {
/// let db = drf::connect("sqlite::memory:").await?;
/// let app = App::builder(Settings::default()).database(db).auth_user_model::<account::Model>().build();
/// # Ok(app)
/// # }
///
/// #[api_view(GET)]
/// async fn whoami(request: &Request) -> Result<Response> {
///     let account = request.user_as::<account::Model>().await?;
///     Ok(Response::ok(account.email.as_str()))
/// }
/// ```
///
/// [`AppBuilder::auth_user_model`]: crate::AppBuilder::auth_user_model
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the model of the users",
    label = "not a user model",
    note = "implement `drf::authentication::UserModel` for it"
)]
pub trait UserModel:
    AbstractBaseUser + FromQueryResult + ModelTrait<Entity: EntityTrait<Model = Self>>
{
    /// The column for logging in. Django's `USERNAME_FIELD`.
    const USERNAME_FIELD: <Self::Entity as EntityTrait>::Column;

    /// The column with the encoded password.
    const PASSWORD_FIELD: <Self::Entity as EntityTrait>::Column;

    /// Returns the user with a name, if there is one. Django's `get_by_natural_key`.
    ///
    /// # Errors
    /// Those of the database.
    fn get_by_natural_key(
        db: &impl ConnectionTrait,
        username: &str,
    ) -> impl Future<Output = Result<Option<Self>>> + Send {
        let named = Self::Entity::find().filter(Self::USERNAME_FIELD.eq(username));
        async move { Ok(named.one(db).await?) }
    }
}

/// The user of a request, authenticated or anonymous. Django's `request.user`.
///
/// It knows what permissions and throttles ask for; [`Request::user_as`](crate::Request::user_as) is the whole row.
#[derive(Clone, Default)]
pub struct User(Option<Arc<dyn AbstractBaseUser>>);

impl User {
    /// Returns the anonymous user. Django's `AnonymousUser`.
    pub fn anonymous() -> Self {
        Self(None)
    }

    /// Returns the primary key, as a row that references the user stores it; NULL for an anonymous user. Django's `user.pk`.
    ///
    /// In Rust types: [`Request::user_id`](crate::Request::user_id).
    pub fn pk(&self) -> Value {
        self.0.as_ref().map_or(Value::BigInt(None), |user| user.pk())
    }

    /// Returns whether the user is authenticated and has a primary key. A NULL is nobody's.
    ///
    /// ```
    /// # use bookshop::review;
    /// # use drf::prelude::*;
    /// /// Reviews are changed by their owners only.
    /// #[derive(Debug)]
    /// struct IsOwner;
    ///
    /// impl Permission<review::Model> for IsOwner {
    ///     async fn has_object_permission(&self, request: &Request, review: &review::Model) -> Result<bool> {
    ///         Ok(request.user().has_pk(review.owner_id))
    ///     }
    /// }
    /// ```
    pub fn has_pk(&self, pk: impl Into<Value>) -> bool {
        let pk = pk.into();
        pk != pk.as_null() && self.key().is_some_and(|key| key == Key::of(&pk))
    }

    /// Returns the primary key; `None` for an anonymous user.
    pub(crate) fn key(&self) -> Option<Key> {
        self.0.as_ref().map(|user| Key::of(&user.pk()))
    }

    /// Returns the name for logging in; empty for an anonymous user, as in Django.
    pub fn username(&self) -> &str {
        self.0.as_ref().map_or("", |user| user.get_username())
    }

    /// Returns whether the user is authenticated.
    pub fn is_authenticated(&self) -> bool {
        self.0.is_some()
    }

    /// Returns whether the user may log in; an anonymous one may not.
    pub fn is_active(&self) -> bool {
        self.0.as_ref().is_some_and(|user| user.is_active())
    }

    /// Returns whether the user may enter the administration.
    pub fn is_staff(&self) -> bool {
        self.0.as_ref().is_some_and(|user| user.is_staff())
    }

    /// Returns whether every permission is granted.
    pub fn is_superuser(&self) -> bool {
        self.0.as_ref().is_some_and(|user| user.is_superuser())
    }

    /// Returns the user as the type that authentication has made it of; `None` for another type.
    pub fn downcast_ref<T: AbstractBaseUser>(&self) -> Option<&T> {
        let user: &dyn Any = self.0.as_deref()?;
        user.downcast_ref()
    }

    /// Returns the same as a shared value.
    pub(crate) fn downcast<T: AbstractBaseUser>(&self) -> Option<Arc<T>> {
        let user: Arc<dyn Any + Send + Sync> = self.0.clone()?;
        user.downcast().ok()
    }
}

impl<T: AbstractBaseUser> From<T> for User {
    fn from(user: T) -> Self {
        Self(Some(Arc::new(user)))
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_authenticated() { self.username() } else { "AnonymousUser" })
    }
}

impl AbstractBaseUser for user::Model {
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

impl UserModel for user::Model {
    const USERNAME_FIELD: user::Column = user::Column::Username;
    const PASSWORD_FIELD: user::Column = user::Column::Password;
}
