//! The types that the functions of a viewset are about. They are associated types of a private type: a type that is no serializer, or
//! one of another entity, is reported in the impl, and a public viewset may have a private serializer.

use proc_macro2::{Ident, Span, TokenStream};
use syn::spanned::Spanned;

use crate::codegen::{code, code_at};
use crate::paths::{EntityOf, hooks};
use crate::spec::{Verb, ViewSetSpec};

/// expands to:
/// ```ignore
/// struct __drf_Types;
/// impl hooks::Serializes for __drf_Types { type Serializer = hooks::CheckedSerializer<PublisherSerializer>; }
/// type __drf_Serializer = <__drf_Types as hooks::Serializes>::Serializer;
/// type __drf_Entity = EntityOf<__drf_Serializer>;
/// ```
pub(super) fn types(spec: &ViewSetSpec, serializer: &syn::Type) -> TokenStream {
    let checked = hooks.at(serializer.span());
    let checked = code_at!(serializer.span()=> #checked::CheckedSerializer<#serializer>);
    let entity_of = EntityOf.at(serializer.span());
    let rows = code_at!(serializer.span()=> #entity_of<__drf_Serializer>);
    let others = spec.serializers.iter().map(|(verb, serializer)| of_action(*verb, serializer));
    code! {
        #[allow(non_camel_case_types)]
        struct __drf_Types;
        #[automatically_derived]
        impl #hooks::Serializes for __drf_Types {
            type Serializer = #checked;
        }
        #[allow(non_camel_case_types)]
        type __drf_Serializer = <__drf_Types as #hooks::Serializes>::Serializer;
        #[allow(non_camel_case_types)]
        type __drf_Entity = #rows;
        #(#others)*
    }
}

/// expands to:
/// ```ignore
/// impl hooks::Serializes<hooks::verb::List> for __drf_Types { type Serializer = hooks::SerializerOf<BookListSerializer, __drf_Entity>; }
/// type __drf_list_Serializer = <__drf_Types as hooks::Serializes<hooks::verb::List>>::Serializer;
/// ```
fn of_action(verb: Verb, serializer: &syn::Type) -> TokenStream {
    let span = serializer.span();
    let (marker, alias) = (Ident::new(&verb.type_name(), Span::call_site()), alias(verb, span));
    let checked = hooks.at(span);
    let checked = code_at!(span=> #checked::SerializerOf<#serializer, __drf_Entity>);
    code! {
        #[automatically_derived]
        impl #hooks::Serializes<#hooks::verb::#marker> for __drf_Types {
            type Serializer = #checked;
        }
        #[allow(non_camel_case_types)]
        type #alias = <__drf_Types as #hooks::Serializes<#hooks::verb::#marker>>::Serializer;
    }
}

/// Returns the name of the serializer of an action in the functions. The compiler is silent about a second error at the same place.
pub(super) fn serializer(spec: &ViewSetSpec, verb: Verb) -> Ident {
    match spec.own_serializer(verb) {
        Some(own) => alias(verb, own.span()),
        None => Ident::new("__drf_Serializer", place(spec)),
    }
}

/// Returns the name of the entity in the functions.
pub(super) fn entity(spec: &ViewSetSpec) -> Ident {
    Ident::new("__drf_Entity", place(spec))
}

fn alias(verb: Verb, span: Span) -> Ident {
    Ident::new(&format!("__drf_{}_Serializer", verb.name()), span)
}

/// Returns the place of the serializer.
pub(super) fn place(spec: &ViewSetSpec) -> Span {
    spec.serializer.as_ref().map_or_else(|_| Span::call_site(), Spanned::span)
}
