use proc_macro2::TokenStream;
use quote::ToTokens;

use super::Class;
use crate::codegen::{code, code_at};
use crate::paths::{And, Not, Or, hook};

/// expands to: `.permission([hooks::permission(Self::__drf_model(), IsAdminUser)])`
pub(crate) fn expand(classes: &[Class]) -> TokenStream {
    let classes = classes.iter().map(|class| {
        let (class, span) = (combined(class), class.span());
        let permission = hook("permission", span);
        code_at!(span=> #permission(Self::__drf_model(), #class))
    });
    code!(.permission([#(#classes),*]))
}

/// expands to: `Or(IsAdminUser, And(IsAuthenticated, Not(IsNew)))`
fn combined(class: &Class) -> TokenStream {
    let two = |(left, right): &(Class, Class)| (combined(left), combined(right));
    match class {
        Class::One(class) => class.to_token_stream(),
        Class::And(span, pair) => {
            let (and, (left, right)) = (And.at(*span), two(pair));
            code_at!(*span=> #and(#left, #right))
        }
        Class::Or(span, pair) => {
            let (or, (left, right)) = (Or.at(*span), two(pair));
            code_at!(*span=> #or(#left, #right))
        }
        Class::Not(span, inner) => {
            let (not, inner) = (Not.at(*span), combined(inner));
            code_at!(*span=> #not(#inner))
        }
    }
}
