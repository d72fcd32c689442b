use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

use stackfuture::StackFuture;

use super::{Authentication, AuthenticationResult};
use crate::request::Request;

/// Small futures stand in place, others in a box.
type AuthenticationFuture<'a> = StackFuture<'a, AuthenticationResult, 128>;

pub(crate) trait AnyAuthentication: Any + Debug + Send + Sync {
    fn authenticate<'a>(&'a self, request: &'a Request) -> AuthenticationFuture<'a>;
    fn authenticate_header(&self, request: &Request) -> Option<String>;
}

impl<A: Authentication> AnyAuthentication for A {
    fn authenticate<'a>(&'a self, request: &'a Request) -> AuthenticationFuture<'a> {
        StackFuture::from_or_box(Authentication::authenticate(self, request))
    }

    fn authenticate_header(&self, request: &Request) -> Option<String> {
        Authentication::authenticate_header(self, request)
    }
}

/// An authentication class as a table holds it: `#[authentication(..)]` and `default_authentication_classes`.
#[derive(Debug, Clone)]
pub struct AuthenticationClass {
    pub(crate) inner: Arc<dyn AnyAuthentication>,
}

impl AuthenticationClass {
    /// Wraps an authentication class.
    pub fn new<A: Authentication>(authentication: A) -> Self {
        Self { inner: Arc::new(authentication) }
    }
}

impl<A: Authentication> From<A> for AuthenticationClass {
    fn from(authentication: A) -> Self {
        Self::new(authentication)
    }
}
