//! Authentication of requests. DRF's `authentication.py`.

mod basic;
mod erased;
mod token;

pub use basic::{BasicAuthentication, RealmBasicAuthentication};
pub use erased::AuthenticationClass;
pub use token::{KeywordTokenAuthentication, TokenAuthentication};

use std::fmt::Debug;
use std::future::Future;

use http::{HeaderMap, header};

use crate::accounts::LogIn;
pub use crate::accounts::{
    AbstractBaseUser, Auth, PasswordHasher, TokenKey, User, UserModel, authenticate, check_password,
    get_user, make_password, models,
};
use crate::exceptions::{APIException, Result};
use crate::request::Request;

/// Finds the user of a request. DRF's `BaseAuthentication`.
///
/// ```
/// use drf::prelude::*;
/// use drf::authentication::models::user;
/// use drf::authentication::{Auth, User, UserModel};
/// use drf::exceptions::APIException;
///
/// /// `X-User` names the user: only behind a proxy that sets it.
/// #[derive(Debug)]
/// struct HeaderUser;
///
/// impl Authentication for HeaderUser {
///     async fn authenticate(&self, request: &Request) -> Result<Option<(User, Option<Auth>)>> {
///         let Some(name) = request.headers().get("x-user").and_then(|value| value.to_str().ok()) else {
///             return Ok(None);
///         };
///         let user = user::Model::get_by_natural_key(request.db(), name).await?;
///         let user = user.ok_or_else(|| APIException::authentication_failed(format!("No such user: {name}")))?;
///         Ok(Some((user.into(), None)))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as an authentication class",
    label = "not an authentication class",
    note = "implement `drf::authentication::Authentication` for it"
)]
pub trait Authentication: Debug + Send + Sync + 'static {
    /// Returns the user and the credentials; `None` if the request has no credentials of this kind. An error ends the request.
    fn authenticate(
        &self,
        request: &Request,
    ) -> impl Future<Output = Result<Option<(User, Option<Auth>)>>> + Send;

    /// Returns the challenge of a 401, for `WWW-Authenticate`. Where the first class has none, a 401 becomes a 403.
    fn authenticate_header(&self, request: &Request) -> Option<String> {
        let _ = request;
        None
    }
}

/// A user that a test client puts in place of authentication, in the extensions of its request. DRF's `ForcedAuthentication`.
#[derive(Debug, Clone)]
pub(crate) struct ForcedUser(pub(crate) User, pub(crate) Option<Auth>);

/// The result of [`Authentication::authenticate`].
type AuthenticationResult = Result<Option<(User, Option<Auth>)>>;

/// Returns the credentials of `Authorization: <keyword> <credentials>`, or `None` if the header is absent or begins with another
/// keyword, whose letters may be in upper or lower case.
///
/// `name` is what DRF's messages call the credentials: "Invalid token header. No credentials provided."
///
/// ```
/// use drf::authentication::models::user;
/// use drf::authentication::{Auth, User, UserModel, credentials};
/// use drf::exceptions::APIException;
/// use drf::prelude::*;
///
/// /// The credentials, for `request.auth::<Key>()`.
/// struct Key(String);
///
/// /// `Authorization: Key <key>`
/// #[derive(Debug)]
/// struct KeyAuthentication;
///
/// impl Authentication for KeyAuthentication {
///     async fn authenticate(&self, request: &Request) -> Result<Option<(User, Option<Auth>)>> {
///         let Some(key) = credentials(request.headers(), "Key", "key")? else { return Ok(None) };
///         let ali = || user::Model::get_by_natural_key(request.db(), "ali");
///         let user = if key == "open sesame" { ali().await? } else { None };
///         let user = user.ok_or_else(|| APIException::authentication_failed("Invalid key."))?;
///         Ok(Some((user.into(), Some(Auth::new(Key(key.to_owned()))))))
///     }
///
///     fn authenticate_header(&self, _request: &Request) -> Option<String> {
///         Some("Key".to_owned())
///     }
/// }
/// ```
///
/// # Errors
/// 401 for the keyword without credentials, with several words or with characters that are no UTF-8.
pub fn credentials<'a>(headers: &'a HeaderMap, keyword: &str, name: &str) -> Result<Option<&'a str>> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    // A key in other letters is a key that no user has; a first word that is not the keyword is for the next class.
    let bytes = value.as_bytes();
    let mut words = bytes.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    if !words.next().is_some_and(|word| word.eq_ignore_ascii_case(keyword.as_bytes())) {
        return Ok(None);
    }
    let failed = |what: &str| {
        Err(APIException::authentication_failed(format!("Invalid {name} header. {what}")).into())
    };
    let (Some(word), rest) = (words.next(), words.next()) else {
        return failed("No credentials provided.");
    };
    if rest.is_some() {
        let what = if name == "token" {
            "Token string should not contain spaces."
        } else {
            "Credentials string should not contain spaces."
        };
        return failed(what);
    }
    match std::str::from_utf8(word) {
        Ok(word) => Ok(Some(word)),
        _ if name == "token" => failed("Token string should not contain invalid characters."),
        _ => failed("Credentials not correctly base64 encoded."),
    }
}

/// Returns the active user of the app with a name and a password.
pub(crate) async fn log_in(request: &Request, username: &str, password: &str) -> Result<Option<User>> {
    let hasher = request.settings().password_hasher();
    let (reads, writes) = (request.db(), request.db_for_write());
    request.app().users().log_in(LogIn { username, password, hasher, reads, writes }).await
}
