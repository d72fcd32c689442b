//! The corridor that every attribute goes through: parse, lower, generate. The item is emitted whatever happens.

#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod guard;
mod ident;
pub(crate) mod misplaced;
mod policy;

pub(crate) use policy::policy;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, DeriveInput, Item};

use crate::args::{is_called, strip_helpers, take_attributes};
use crate::diagnostics::{Error, Errors, err};
use crate::spec::checks::item::{async_function, inherent_impl, named_struct, unit_struct};
use crate::spec::{
    ActionsSpec, ApiViewSpec, ChoicesSpec, PlainViewSetSpec, SerializerSpec, Variant, ViewSetSpec,
    is_active_enum,
};
use crate::{codegen, ide};
use guard::{Expanded, guarded};
use ident::ident_of;

/// `#[serializer(..)]`
pub(crate) fn serializer(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item, |item, errors| {
        let mut checked = match named_struct(item).cloned() {
            Ok(checked) => checked,
            Err(error) => {
                strip_helpers(item, &["field"]);
                return expand_wrong_item(item, error, codegen::serializer_stub);
            }
        };
        let spec = SerializerSpec::new(arguments, &mut checked, errors);
        let keys = ide::keys("serializer", &spec.keys);
        let field_keys: Vec<_> = spec.fields.iter().flat_map(|field| field.keys.clone()).collect();
        let field_keys = ide::keys("field", &field_keys);
        let code = codegen::serializer(&spec);
        // The struct is a description: its fields are never read.
        let item = quote!(#[allow(dead_code)] #checked);
        Expanded { item, code: quote!(#code #keys #field_keys) }
    })
}

/// `#[model_viewset(..)]`
pub(crate) fn model_viewset(arguments: TokenStream, item: TokenStream) -> TokenStream {
    view_set(Variant::Model, arguments, item)
}

/// `#[read_only_model_viewset(..)]`
pub(crate) fn read_only_model_viewset(arguments: TokenStream, item: TokenStream) -> TokenStream {
    view_set(Variant::ReadOnly, arguments, item)
}

fn view_set(variant: Variant, arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item, |item, errors| {
        let mut checked = match unit_struct(item, variant.attribute()).cloned() {
            Ok(checked) => checked,
            Err(error) => {
                policy::strip(item);
                return expand_wrong_item(item, error, codegen::view_set_stub);
            }
        };
        reject_second(&mut checked.attrs, errors);
        let spec = ViewSetSpec::new(variant, arguments, &mut checked, errors);
        let keys = ide::keys("model_viewset", &spec.keys);
        let code = codegen::view_set(&spec);
        Expanded { item: checked.into_token_stream(), code: quote!(#code #keys) }
    })
}

/// `#[viewset(..)]`
pub(crate) fn viewset(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item, |item, errors| {
        let mut checked = match unit_struct(item, "#[viewset]").cloned() {
            Ok(checked) => checked,
            Err(error) => {
                policy::strip(item);
                return expand_wrong_item(item, error, codegen::view_set_stub);
            }
        };
        reject_second(&mut checked.attrs, errors);
        let spec = PlainViewSetSpec::new(arguments, &mut checked, errors);
        let keys = ide::keys("viewset", &spec.keys);
        let code = codegen::plain_view_set(&spec);
        Expanded { item: checked.into_token_stream(), code: quote!(#code #keys) }
    })
}

/// `#[api_view(GET, POST)]`
pub(crate) fn api_view(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item, |item, errors| {
        let Some(mut function) = errors.handle(async_function(item).cloned()) else {
            policy::strip(item);
            return Expanded::new(item, TokenStream::new());
        };
        reject_second(&mut function.attrs, errors);
        let spec = ApiViewSpec::new(arguments, function, errors);
        let keys = ide::keys("api_view", &spec.keys);
        let code = codegen::api_view(&spec);
        Expanded { item: TokenStream::new(), code: quote!(#code #keys) }
    })
}

/// `#[model_viewset(..)] #[viewset] struct Books;`
fn reject_second(attributes: &mut Vec<Attribute>, errors: &mut Errors) {
    for second in take_attributes(attributes, policy::VIEW_SETS) {
        let help = "help: remove one of the two";
        errors.push(err!(second.path(), "a second attribute that makes a viewset\n{help}"));
    }
}

/// Expands a wrong item to a stub that has the error in it, if there can be one.
fn expand_wrong_item(item: &Item, error: Error, stub: fn(&Ident, &Error) -> TokenStream) -> Expanded {
    let code = ident_of(item).map(|ident| stub(ident, &error));
    Expanded::new(item, code.unwrap_or_else(|| error.write_errors()))
}

/// `#[actions]`
pub(crate) fn actions(arguments: TokenStream, item: TokenStream) -> TokenStream {
    guarded(item, |item, errors| {
        if let Some(first) = arguments.into_iter().next() {
            errors.push(err!(first, "`#[actions]` has no arguments\nhelp: write them into `#[action(..)]`"));
        }
        let checked = inherent_impl(item).cloned();
        let Some(mut checked) = errors.handle(checked) else {
            strip_actions(item);
            return Expanded::new(item, TokenStream::new());
        };
        let spec = ActionsSpec::new(&mut checked, errors);
        let keys = ide::keys("action", &spec.keys);
        let code = codegen::actions(&spec);
        Expanded { item: checked.into_token_stream(), code: quote!(#code #keys) }
    })
}

/// Removes `#[action]`, so that a wrong `#[actions]` is the only error.
fn strip_actions(item: &mut Item) {
    let Item::Impl(item) = item else { return };
    for item in &mut item.items {
        if let syn::ImplItem::Fn(function) = item {
            function.attrs.retain(|attribute| !is_called(attribute.path(), &["action"]));
        }
    }
}

/// `#[derive(Choices)]`
pub(crate) fn choices(item: TokenStream) -> TokenStream {
    let Ok(input) = syn::parse2::<DeriveInput>(item) else { return TokenStream::new() };
    let derive = |_: &mut Item, errors: &mut Errors| {
        let spec = ChoicesSpec::new(&input, errors);
        let code = match errors.handle(spec) {
            Some(spec) if spec.is_whole(&input) => {
                let (code, keys) = (codegen::choices(&spec), ide::keys("choice", &spec.keys));
                quote!(#code #keys)
            }
            _ if is_choices(&input) => codegen::choices_stub(&input.ident, is_active_enum(&input)),
            _ => TokenStream::new(),
        };
        Expanded { item: TokenStream::new(), code }
    };
    guard::guarded_derive(derive)
}

/// Tells whether a stub of the impls would compile.
fn is_choices(input: &DeriveInput) -> bool {
    matches!(input.data, syn::Data::Enum(_)) && input.generics.params.is_empty()
}
