use std::future::Future;

use super::{Auth, Authentication, AuthenticationResult, TokenKey, User, credentials};
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
    Ok(Some((user, Some(Auth::new(TokenKey::new(key))))))
}

/// Asks the database for the user of a key.
async fn find(request: &Request, key: &str) -> Result<User> {
    match request.app().users().by_token(key, request.db()).await? {
        None => Err(APIException::authentication_failed("Invalid token.").into()),
        Some(user) if !user.is_active() => {
            Err(APIException::authentication_failed("User inactive or deleted.").into())
        }
        Some(user) => Ok(request.app().token_cache().insert(key, user)),
    }
}
