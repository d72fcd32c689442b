use proc_macro2::TokenStream;
use syn::spanned::Spanned;

use super::{code, code_at};
use crate::policies;
use crate::spec::{Pagination, Policies};

macro_rules! calls {
    ($($name:ident: $times:ident,)*) => {
        /// The policies of a view or of an action.
        ///
        /// expands to:
        /// ```ignore
        /// .authentication([AuthenticationClass::new(TokenAuthentication)])
        /// .permission([hooks::permission(Self::__drf_model(), Or(IsAdminUser, ReadOnly))])
        /// .throttle([ThrottleClass::scope("anon")])
        /// .pagination(PageNumberPagination::new().page_size(5))
        /// ```
        pub(super) fn policies(spec: &Policies) -> TokenStream {
            let mut calls = TokenStream::new();
            $(calls.extend(spec.$name.as_ref().map(|classes| policies::$name::codegen::expand(classes)));)*
            calls.extend(spec.pagination.as_ref().map(pagination));
            calls
        }
    };
}
policies::policies!(calls);

/// expands to: `.pagination(PageNumberPagination::new().page_size(5).max_page_size(10))`
fn pagination(pagination: &Pagination) -> TokenStream {
    match pagination {
        Pagination::None => code!(.no_pagination()),
        Pagination::Value(value) => code_at!(value.span()=> .pagination(#value)),
        Pagination::Options(class, options) => {
            let (names, values) =
                (options.iter().map(|(name, _)| name), options.iter().map(|(_, value)| value));
            code!(.pagination(#class::new() #(.#names(#values))*))
        }
    }
}
