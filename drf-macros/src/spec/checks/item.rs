use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Fields, Generics, Item, ItemFn, ItemImpl, ItemStruct};

use crate::diagnostics::{Result, bail};

/// Returns the kind of an item, and the place of its keyword.
fn kind(item: &Item) -> (&'static str, Span) {
    match item {
        Item::Enum(item) => ("an enum", item.enum_token.span),
        Item::Union(item) => ("a union", item.union_token.span),
        Item::Fn(item) => ("a function", item.sig.fn_token.span),
        Item::Impl(item) => ("an impl", item.impl_token.span),
        Item::Mod(item) => ("a module", item.mod_token.span),
        Item::Trait(item) => ("a trait", item.trait_token.span),
        Item::Struct(item) => ("a struct", item.struct_token.span),
        Item::Type(item) => ("a type alias", item.type_token.span),
        other => ("this item", other.to_token_stream().span()),
    }
}

/// `#[serializer(..)] enum ..`, `#[serializer(..)] struct Pair(i64, i64);`
pub(crate) fn named_struct(item: &Item) -> Result<&ItemStruct> {
    let item = structure(item, "#[serializer]", "a struct with named fields")?;
    match &item.fields {
        Fields::Named(_) => Ok(item),
        Fields::Unnamed(fields) => {
            bail!(
                fields.paren_token.span.open(),
                "the fields of a serializer have names\nhelp: write `struct {} {{ .. }}`",
                item.ident
            )
        }
        Fields::Unit => {
            bail!(item.ident, "a serializer needs fields\nhelp: write `struct {} {{ .. }}`", item.ident)
        }
    }
}

/// `#[model_viewset(..)] struct Books { title: String }`
pub(crate) fn unit_struct<'a>(item: &'a Item, attribute: &str) -> Result<&'a ItemStruct> {
    let item = structure(item, attribute, "a struct without fields")?;
    match &item.fields {
        Fields::Unit => Ok(item),
        Fields::Named(fields) => has_fields(item, fields.brace_token.span.open()),
        Fields::Unnamed(fields) => has_fields(item, fields.paren_token.span.open()),
    }
}

fn has_fields(item: &ItemStruct, open: Span) -> Result<&ItemStruct> {
    bail!(open, "a viewset has no fields\nhelp: write `struct {};`", item.ident)
}

fn structure<'a>(item: &'a Item, attribute: &str, wanted: &str) -> Result<&'a ItemStruct> {
    let (kind, keyword) = kind(item);
    match item {
        Item::Struct(item) => {
            not_generic(&item.generics, attribute)?;
            Ok(item)
        }
        _ => bail!(
            keyword,
            "`{attribute}` can only be applied to {wanted}, not to {kind}{}",
            api_view(attribute, item)
        ),
    }
}

/// `#[viewset] async fn hello(request: &Request) -> Result<Response>`
fn api_view(attribute: &str, item: &Item) -> &'static str {
    match item {
        Item::Fn(_) if attribute == "#[viewset]" => "\nhelp: a function is an `#[api_view]`",
        _ => "",
    }
}

/// `#[serializer(..)] struct Page<T> { .. }`
fn not_generic(generics: &Generics, attribute: &str) -> Result<()> {
    match generics.params.first() {
        None => Ok(()),
        Some(parameter) => bail!(parameter, "`{attribute}` cannot be applied to a generic item"),
    }
}

/// `#[api_view] struct Hello;`
pub(crate) fn async_function(item: &Item) -> Result<&ItemFn> {
    let (kind, keyword) = kind(item);
    match item {
        Item::Fn(item) => Ok(item),
        Item::Struct(_) => bail!(
            keyword,
            "`#[api_view]` can only be applied to a function, not to {kind}\nhelp: a struct with actions is a `#[viewset]`"
        ),
        _ => bail!(keyword, "`#[api_view]` can only be applied to a function, not to {kind}"),
    }
}

/// `#[actions] fn ..`, `#[actions] impl Debug for ..`
pub(crate) fn inherent_impl(item: &Item) -> Result<&ItemImpl> {
    let (kind, keyword) = kind(item);
    let Item::Impl(item) = item else {
        bail!(keyword, "`#[actions]` can only be applied to the `impl` of a viewset, not to {kind}");
    };
    not_generic(&item.generics, "#[actions]")?;
    match &item.trait_ {
        None => Ok(item),
        Some((_, keyword)) => {
            bail!(
                keyword,
                "`#[actions]` can only be applied to the `impl` of a viewset, not to that of a trait"
            )
        }
    }
}
