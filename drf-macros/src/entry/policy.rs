//! `#[permission]` and the like. The viewset's attribute reads and removes those below it; one above it is expanded
//! first, and moves below.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Item, parse_quote};

use super::guard::{Expanded, guarded};
use crate::args::{is_called, take_attributes};
use crate::diagnostics::err;
use crate::policies;

/// The attributes that make viewsets.
pub(super) const VIEW_SETS: &[&str] = &["model_viewset", "read_only_model_viewset", "viewset", "api_view"];

/// `#[permission(..)]` that no viewset has taken off: one above it, or at something else.
pub(crate) fn policy(name: &str, arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item, |item, errors| {
        if let Some(attributes) = attributes(item)
            && attributes.iter().any(|attribute| is_called(attribute.path(), VIEW_SETS))
        {
            let name = Ident::new(name, Span::call_site());
            attributes.push(parse_quote!(#[::drf::#name(#arguments)]));
            return Expanded { item: item.to_token_stream(), code: quote!() };
        }
        strip(item);
        let help = match item {
            Item::Fn(_) => "help: write `#[api_view]` above the same function",
            _ => "help: write `#[model_viewset(..)]` or `#[viewset]` above the same struct",
        };
        errors.push(err!(Span::call_site(), "`#[{name}]` needs a viewset\n{help}"));
        Expanded::new(item, TokenStream::new())
    })
}

/// Removes the policies of an item that is no viewset: they are not the mistake.
pub(super) fn strip(item: &mut Item) {
    if let Some(attributes) = attributes(item) {
        take_attributes(attributes, policies::NAMES);
    }
}

fn attributes(item: &mut Item) -> Option<&mut Vec<Attribute>> {
    match item {
        Item::Struct(item) => Some(&mut item.attrs),
        Item::Enum(item) => Some(&mut item.attrs),
        Item::Union(item) => Some(&mut item.attrs),
        Item::Fn(item) => Some(&mut item.attrs),
        Item::Impl(item) => Some(&mut item.attrs),
        _ => None,
    }
}
