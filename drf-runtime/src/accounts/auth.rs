use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// The credentials that were accepted, of any type: the claims of a token, a session, scopes. DRF's `request.auth`.
///
/// ```
/// use drf::authentication::Auth;
///
/// #[derive(Debug)]
/// struct Claims {
///     scope: &'static str,
/// }
///
/// let auth = Auth::new(Claims { scope: "read" });
/// assert_eq!(auth.downcast_ref::<Claims>().map(|claims| claims.scope), Some("read"));
/// ```
///
/// In a view it is [`Request::auth`](crate::Request::auth).
#[derive(Clone)]
pub struct Auth(Arc<dyn Any + Send + Sync>);

impl Auth {
    /// Creates credentials.
    pub fn new(credentials: impl Any + Send + Sync) -> Self {
        Self(Arc::new(credentials))
    }

    /// Returns the credentials, if they are of a type.
    pub fn downcast_ref<T: Any>(&self) -> Option<&T> {
        self.0.downcast_ref()
    }
}

// Credentials are secrets and stay out of logs.
impl fmt::Debug for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth").finish_non_exhaustive()
    }
}

/// The key of a token: the credentials that [`TokenAuthentication`](crate::authentication::TokenAuthentication) accepts. DRF's
/// `Token`.
#[derive(Clone, PartialEq, Eq)]
pub struct TokenKey(Box<str>);

impl TokenKey {
    pub(crate) fn new(key: &str) -> Self {
        Self(key.into())
    }

    /// Returns the 40 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// It is a secret and stays out of logs.
impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKey").finish_non_exhaustive()
    }
}
