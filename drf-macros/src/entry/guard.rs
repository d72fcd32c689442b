use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Item;

use crate::diagnostics::{Error, Errors, err};

/// The expansion of an attribute: the item as the user wrote it, and the generated code.
pub(super) struct Expanded {
    pub(super) item: TokenStream,
    pub(super) code: TokenStream,
}

impl Expanded {
    pub(super) fn new(item: &Item, code: TokenStream) -> Self {
        Self { item: item.to_token_stream(), code }
    }
}

/// Runs an attribute. The expansion always has the item, then the code that could be generated, then the errors.
pub(super) fn guarded(
    tokens: TokenStream,
    expand: impl FnOnce(&mut Item, &mut Errors) -> Expanded,
) -> TokenStream {
    // The compiler has reported a syntax error already; an item that only syn cannot parse is a bug of ours.
    let mut item = match syn::parse2::<Item>(tokens.clone()) {
        Ok(item) => item,
        Err(error) => {
            let error = error.into_compile_error();
            return quote!(#tokens #error);
        }
    };
    run(tokens, &mut item, expand)
}

/// Runs a derive, which does not emit its item.
pub(super) fn guarded_derive(expand: impl FnOnce(&mut Item, &mut Errors) -> Expanded) -> TokenStream {
    run(TokenStream::new(), &mut Item::Verbatim(TokenStream::new()), expand)
}

fn run(
    fallback: TokenStream,
    item: &mut Item,
    expand: impl FnOnce(&mut Item, &mut Errors) -> Expanded,
) -> TokenStream {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut errors = Errors::default();
        let expanded = expand(item, &mut errors);
        (expanded, errors.into_inner())
    }));
    let (Expanded { item, code }, errors) = outcome.unwrap_or_else(|panic| {
        (Expanded { item: fallback, code: TokenStream::new() }, vec![bug(panic.as_ref())])
    });
    let errors = errors.into_iter().map(Error::write_errors);
    quote!(#item #code #(#errors)*)
}

fn bug(panic: &(dyn Any + Send)) -> Error {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown panic");
    let help = "help: please report it with the code that it happened on";
    err!(Span::call_site(), "bug in `drf-macros`: {text}\n{help}")
}
