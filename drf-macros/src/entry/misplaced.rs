//! Attributes outside of the one that reads them.

use proc_macro2::{Span, TokenStream};
use quote::quote;

use crate::diagnostics::err;

/// `#[field(..)]` outside of `#[serializer]`
pub(crate) fn field(_: TokenStream, item: TokenStream) -> TokenStream {
    let help = "help: write `#[serializer(entity = ..)]` above the struct";
    misplaced(item, &format!("`#[field]` can only be applied to a field of a serializer\n{help}"))
}

/// `#[action(..)]` outside of `#[actions]`
pub(crate) fn action(_: TokenStream, item: TokenStream) -> TokenStream {
    let help = "help: write `#[actions]` above the `impl`";
    misplaced(item, &format!("`#[action]` can only be applied to a function in `#[actions] impl ..`\n{help}"))
}

fn misplaced(item: TokenStream, text: &str) -> TokenStream {
    let error = err!(Span::call_site(), "{text}").write_errors();
    quote!(#item #error)
}
