//! Tokens for a user name and a password. DRF's `rest_framework.authtoken`.

use drf_macros::serializer;
use sea_orm::Value as DbValue;
use sea_orm::sea_query::{Expr, IntoIden, Query, SelectStatement};

use crate::accounts::AbstractBaseUser;
use crate::accounts::models::token;
use crate::authentication::log_in;
use crate::db::{Connection, Row};
use crate::exceptions::{Error, Result, ValidationError};
use crate::parsers::{FormParser, JSONParser, MultiPartParser};
use crate::permissions::AllowAny;
use crate::renderers::JSONRenderer;
use crate::request::Request;
use crate::response::Response;
use crate::schema::Entity;
use crate::value::Value;
use crate::views::{Action, ViewDescription, ViewSet, generics};

/// A name and a password. DRF's `AuthTokenSerializer`.
#[serializer]
pub(crate) struct AuthTokenSerializer {
    username: String,
    #[field(trim_whitespace = false)]
    password: String,
    #[field(read_only)]
    token: String,
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
    let username = data.username.as_deref().ok_or_else(not_validated)?;
    let password = data.password.as_deref().ok_or_else(not_validated)?;
    let Some(user) = log_in(request, username, password).await? else {
        let message = "Unable to log in with provided credentials.";
        let error = ValidationError::with_code(message, "authorization");
        return Err(ValidationError::of_field(&request.settings().non_field_errors_key, error).into());
    };
    Ok(Response::ok(Value::from([("token", token_of(request, user.pk()).await?)])))
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
///     let db = request.db_for_write();
///     let user = hasher.authenticate_by::<user::Model>(db, user::Column::Email, &email, &password).await?;
///     let user = user.ok_or_else(|| ValidationError::new("Unable to log in with provided credentials."))?;
///     Ok(Response::ok(Value::from([("token", authtoken::get_or_create(request, &user).await?)])))
/// }
/// ```
///
/// # Errors
/// Those of the database.
pub async fn get_or_create(request: &Request, user: &impl AbstractBaseUser) -> Result<String> {
    token_of(request, user.pk()).await
}

/// Returns the token of the user with a key.
async fn token_of(request: &Request, user: DbValue) -> Result<String> {
    let (db, tokens) = (request.db_for_write(), Entity::of::<token::Entity>());
    // It holds the keys of the users, of whichever type these are.
    let foreign_key = token::Column::UserId.into_iden();
    let owner =
        db.storage_like(&tokens.table_ref, &foreign_key, request.app().users().entity().primary_key());
    let mut find = SelectStatement::new();
    find.expr(Expr::col(token::Column::Key)).from(tokens.table_ref.clone());
    find.and_where(owner.has(Expr::col(token::Column::UserId), user.clone()));
    if let Some(key) = found_key(&find, db).await? {
        return Ok(key);
    }
    let (key, now) = (new_key()?, chrono::Utc::now());
    let created = tokens.column_named("created").map(|column| db.storage(column));
    let created = created.ok_or_else(|| Error::internal("tokens have no column `created`"))?;
    let mut insert = Query::insert();
    insert.into_table(tokens.table_ref.clone());
    insert.columns([token::Column::Key, token::Column::Created, token::Column::UserId]);
    let fits = ValidationError::from;
    insert.values_panic([
        Expr::val(key.as_str()),
        created.written(created.bind(now.into()).map_err(fits)?),
        owner.written(owner.bind(user).map_err(fits)?),
    ]);
    // A statement that fails is the end of a transaction of PostgreSQL, so it is a savepoint of its own.
    let savepoint = request.begin_transaction().await?;
    match savepoint.run(&insert).await {
        Ok(_) => savepoint.commit().await.map(|()| key),
        Err(error) => {
            savepoint.rollback().await?;
            // Another request was faster.
            found_key(&find, db).await?.ok_or_else(|| error.into())
        }
    }
}

async fn found_key(find: &SelectStatement, db: &Connection) -> Result<Option<String>> {
    let Some(row) = db.one(find).await? else { return Ok(None) };
    Ok(Row::new(&row).text(0)?.map(str::to_owned))
}

/// 40 random hexadecimal digits.
fn new_key() -> Result<String> {
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
