use proc_macro2::TokenStream;
use syn::spanned::Spanned;

use super::Class;
use crate::codegen::{code, code_at};
use crate::paths::AuthenticationClass;

/// expands to: `.authentication([AuthenticationClass::new(TokenAuthentication)])`
pub(crate) fn expand(classes: &[Class]) -> TokenStream {
    let classes = classes.iter().map(|class| {
        let new = AuthenticationClass.at(class.span());
        code_at!(class.span()=> #new::new(#class))
    });
    code!(.authentication([#(#classes),*]))
}
