use super::Permission;
use crate::exceptions::Result;
use crate::request::Request;

macro_rules! permission {
    ($(#[$doc:meta])* $name:ident, |$request:ident| $allowed:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default)]
        pub struct $name;

        impl<M: ?Sized + Sync> Permission<M> for $name {
            const CHECKS_OBJECTS: bool = false;

            async fn has_permission(&self, $request: &Request) -> Result<bool> {
                Ok($allowed)
            }
        }
    };
}

permission! {
    /// Everybody may do everything. Never the default: whoever wants a public API writes it.
    AllowAny, |_request| true
}

permission! {
    /// Only users who are logged in. The default.
    IsAuthenticated, |request| request.user().is_authenticated()
}

permission! {
    /// Only users with `is_staff`.
    IsAdminUser, |request| request.user().is_staff()
}

permission! {
    /// Everybody may read, users who are logged in may write.
    IsAuthenticatedOrReadOnly, |request| request.is_safe() || request.user().is_authenticated()
}
