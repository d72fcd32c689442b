use proc_macro2::TokenStream;
use syn::spanned::Spanned;

use super::Class;
use crate::codegen::{code, code_at};
use crate::paths::ThrottleClass;

/// expands to: `.throttle([ThrottleClass::scope("anon"), ThrottleClass::rate("60/min")])`
pub(crate) fn expand(classes: &[Class]) -> TokenStream {
    let classes = classes.iter().map(|class| match class {
        Class::Value(class) => {
            let new = ThrottleClass.at(class.span());
            code_at!(class.span()=> #new::new(#class))
        }
        Class::Scope(scope) => code!(#ThrottleClass::scope(#scope)),
        Class::Rate(rate) => code!(#ThrottleClass::rate(#rate)),
        Class::ScopedRate(scope, rate) => code!(#ThrottleClass::scoped_rate(#scope, #rate)),
    });
    code!(.throttle([#(#classes),*]))
}
