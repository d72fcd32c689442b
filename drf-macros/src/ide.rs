//! Completion and hover for the keys of attributes: each becomes an import of a documented constant of the runtime.
//! It exists for rust-analyzer only; the compiler never sees it.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The keys as written, looked up in `::drf::__private::ide::<attribute>`.
///
/// expands to:
/// ```ignore
/// #[allow(unexpected_cfgs)]
/// const _: () = {
///     #[cfg(rust_analyzer)]
///     use ::drf::__private::ide::model_viewset::{serializer as _};
/// };
/// ```
pub(crate) fn keys(attribute: &str, keys: &[Ident]) -> TokenStream {
    if keys.is_empty() {
        return TokenStream::new();
    }
    let attribute = Ident::new(attribute, Span::call_site());
    quote! {
        #[allow(unexpected_cfgs)]
        const _: () = {
            #[cfg(rust_analyzer)]
            use ::drf::__private::ide::#attribute::{#(#keys as _),*};
        };
    }
}
