//! Tokens for a user name and a password. DRF's `rest_framework.authtoken`.

use drf_macros::serializer;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::accounts::models::{token, user};
use crate::exceptions::{Error, Result, ValidationError};
use crate::parsers::{FormParser, JSONParser, MultiPartParser};
use crate::permissions::AllowAny;
use crate::renderers::JSONRenderer;
use crate::request::Request;
use crate::response::Response;
use crate::serializers::{Context, Validated};
use crate::value::Value;
use crate::views::{Action, ViewDescription, ViewSet, generics};

/// A name and a password, and the user they are of. DRF's `AuthTokenSerializer`.
#[serializer(validate = authenticate)]
pub(crate) struct AuthTokenSerializer {
    username: String,
    #[field(trim_whitespace = false)]
    password: String,
    #[field(read_only)]
    token: String,
}

async fn authenticate(
    data: Validated<AuthTokenSerializer>,
    context: &Context<'_, AuthTokenSerializer>,
) -> Result<Validated<AuthTokenSerializer>> {
    let username = data.username.as_deref().ok_or_else(not_validated)?;
    let password = data.password.as_deref().ok_or_else(not_validated)?;
    match log_in(context.request, username, password).await? {
        Some(_) => Ok(data),
        None => {
            let message = "Unable to log in with provided credentials.";
            Err(ValidationError::with_code(message, "authorization").into())
        }
    }
}

/// Returns the user with a name and a password, if they may log in.
async fn log_in(request: &Request, username: &str, password: &str) -> Result<Option<user::Model>> {
    let hasher = request.settings().password_hasher();
    let by = (user::Column::Username, username);
    hasher.log_in(request.db(), request.db_for_write(), by, password).await
}

/// `POST` a name and a password, get a token: the one that the user has, or a new one. DRF's `ObtainAuthToken`.
///
/// ```
/// use drf::authtoken::ObtainAuthToken;
/// use drf::prelude::*;
///
/// let router = SimpleRouter::new().register_view::<ObtainAuthToken>("api-token-auth", "token");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ObtainAuthToken;

impl ViewSet for ObtainAuthToken {
    fn describe() -> ViewDescription {
        let post = Action::view(&[http::Method::POST], |request| Box::pin(obtain(request)));
        ViewDescription::plain("ObtainAuthToken", "")
            .permission([AllowAny.into()])
            .throttle([])
            .parsers([FormParser.into(), MultiPartParser.into(), JSONParser.into()])
            .renderers([JSONRenderer.into()])
            .action(post.serializer::<AuthTokenSerializer>())
    }
}

/// Fails with a 500: required fields are there once the input is valid.
fn not_validated() -> Error {
    Error::internal("the name or the password is missing")
}

async fn obtain(request: &Request) -> Result<Response> {
    let data = generics::is_valid::<AuthTokenSerializer>(request).await?;
    let user =
        user::Model::by_username(request.db(), data.username.as_deref().ok_or_else(not_validated)?).await?;
    let user = user.ok_or_else(|| Error::internal("the user is gone"))?;
    Ok(Response::ok(Value::from([("token", get_or_create(request, &user).await?)])))
}

/// Returns the token of a user, made if there is none. Django's `Token.objects.get_or_create(user=user)`.
///
/// For a log-in view of your own, such as one with a throttle:
///
/// ```
/// use drf::authentication::models::user;
/// use drf::authtoken;
/// use drf::prelude::*;
///
/// #[serializer]
/// pub struct LogIn {
///     pub email: String,
///     pub password: String,
/// }
///
/// #[api_view(POST)]
/// #[permission(AllowAny)]
/// #[throttle(rate = "5/min")]
/// async fn log_in(request: &Request) -> Result<Response> {
///     let data = generics::is_valid::<LogIn>(request).await?;
///     let (email, password) = (data.email.unwrap_or_default(), data.password.unwrap_or_default());
///     let hasher = request.settings().password_hasher();
///     let user = hasher.authenticate_by(request.db_for_write(), user::Column::Email, &email, &password).await?;
///     let user = user.ok_or_else(|| ValidationError::new("Unable to log in with provided credentials."))?;
///     Ok(Response::ok(Value::from([("token", authtoken::get_or_create(request, &user).await?)])))
/// }
/// ```
///
/// # Errors
/// Those of the database.
pub async fn get_or_create(request: &Request, user: &user::Model) -> Result<String> {
    let user = user.id;
    let db = request.db_for_write();
    let find = || token::Entity::find().filter(token::Column::UserId.eq(user));
    if let Some(token) = find().one(db).await? {
        return Ok(token.key);
    }
    let (key, created) = (new_key()?, Set(chrono::Utc::now()));
    let new = token::ActiveModel { key: Set(key.clone()), created, user_id: Set(user) };
    match token::Entity::insert(new).exec_without_returning(db).await {
        Ok(_) => Ok(key),
        // Another request was faster.
        Err(error) => match find().one(db).await? {
            Some(token) => Ok(token.key),
            None => Err(error.into()),
        },
    }
}

/// 40 random hexadecimal digits.
fn new_key() -> Result<String> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
