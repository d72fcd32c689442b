use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::Expr;
use syn::spanned::Spanned;

use super::{code, code_at};
use crate::args::{Pagination, Permission, Throttle};
use crate::paths::{AuthenticationClass, ThrottleClass, hook};
use crate::{paths, spec};

/// The policies of a viewset or of an action.
///
/// expands to:
/// ```ignore
/// .authentication([AuthenticationClass::new(TokenAuthentication)])
/// .permission([hooks::permission(Self::__drf_model(), Or(IsAdminUser, ReadOnly))])
/// .throttle([ThrottleClass::scope("anon")])
/// .pagination(PageNumberPagination::new().page_size(5))
/// ```
pub(super) fn policies(policies: &spec::Policies) -> TokenStream {
    let authentication = policies.authentication.iter().map(|classes| authentication(classes));
    let permission = policies.permission.iter().map(|classes| permission(classes));
    let throttle = policies.throttle.iter().map(|classes| throttle(classes));
    let pagination = policies.pagination.iter().map(pagination);
    code!(#(#authentication)* #(#permission)* #(#throttle)* #(#pagination)*)
}

/// expands to: `.authentication([AuthenticationClass::new(TokenAuthentication)])`
fn authentication(classes: &[Expr]) -> TokenStream {
    let classes = classes.iter().map(|class| {
        let new = AuthenticationClass.at(class.span());
        code_at!(class.span()=> #new::new(#class))
    });
    code!(.authentication([#(#classes),*]))
}

/// expands to: `.permission([hooks::permission(Self::__drf_model(), IsAdminUser)])`
fn permission(classes: &[Permission]) -> TokenStream {
    let classes = classes.iter().map(|class| {
        let (class, span) = (combined(class), class.span());
        let permission = hook("permission", span);
        code_at!(span=> #permission(Self::__drf_model(), #class))
    });
    code!(.permission([#(#classes),*]))
}

/// expands to: `Or(IsAdminUser, And(IsAuthenticated, Not(IsNew)))`
fn combined(permission: &Permission) -> TokenStream {
    let two = |(left, right): &(Permission, Permission)| (combined(left), combined(right));
    match permission {
        Permission::Class(class) => class.to_token_stream(),
        Permission::And(span, pair) => {
            let (and, (left, right)) = (paths::And.at(*span), two(pair));
            code_at!(*span=> #and(#left, #right))
        }
        Permission::Or(span, pair) => {
            let (or, (left, right)) = (paths::Or.at(*span), two(pair));
            code_at!(*span=> #or(#left, #right))
        }
        Permission::Not(span, inner) => {
            let (not, inner) = (paths::Not.at(*span), combined(inner));
            code_at!(*span=> #not(#inner))
        }
    }
}

/// expands to: `.throttle([ThrottleClass::scope("anon"), ThrottleClass::rate("60/min")])`
fn throttle(throttles: &[Throttle]) -> TokenStream {
    let classes = throttles.iter().map(|throttle| match throttle {
        Throttle::Class(class) => {
            let new = ThrottleClass.at(class.span());
            code_at!(class.span()=> #new::new(#class))
        }
        Throttle::Scope(scope) => code!(#ThrottleClass::scope(#scope)),
        Throttle::Rate(rate) => code!(#ThrottleClass::rate(#rate)),
        Throttle::ScopedRate(scope, rate) => code!(#ThrottleClass::scoped_rate(#scope, #rate)),
    });
    code!(.throttle([#(#classes),*]))
}

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
