use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;
use syn::Expr;
use syn::spanned::Spanned;

use super::field_type;
use crate::codegen::{code, code_at, local};
use crate::paths::Validation;
use crate::spec::{FieldSpec, SerializerSpec};

/// Hooks see it as `Validated<PublisherSerializer>`, but the compiler's errors have this name.
pub(super) fn name(spec: &SerializerSpec) -> Ident {
    format_ident!("Validated{}", spec.ident, span = Span::call_site())
}

/// The struct of what input sets, as visible as the serializer.
///
/// expands to:
/// ```ignore
/// /// What valid input for [`PublisherSerializer`] sets.
/// pub struct ValidatedPublisherSerializer {
///     pub name: ::core::option::Option<String>,
/// }
/// ```
pub(super) fn validated(spec: &SerializerSpec) -> TokenStream {
    let (vis, name) = (&spec.vis, name(spec));
    let docs = format!(" What valid input for [`{}`] sets.", spec.ident);
    let fields = spec.inputs().map(|field| {
        let (ident, ty) = (&field.ident, &field.ty);
        code!(#vis #ident: ::core::option::Option<#ty>)
    });
    code! {
        #[doc = #docs]
        #[allow(dead_code, non_camel_case_types)]
        #[allow(missing_debug_implementations, private_interfaces)]
        #vis struct #name {
            #(#fields),*
        }
    }
}

/// expands to:
/// ```ignore
/// fn to_internal_value(input: &mut Validation<'_>) -> Self::Validated {
///     ValidatedPublisherSerializer { id: input.field::<FieldType<i64>>(0), quantity: input.field_or::<FieldType<i64>>(1, || 0) }
/// }
/// ```
pub(super) fn to_internal_value(spec: &SerializerSpec) -> TokenStream {
    let mut empty = true;
    let fields: Vec<_> = spec
        .inputs()
        .map(|field| {
            empty = false;
            let (index, ident, ty) = (&field.index, &field.ident, field_type(field));
            match &field.default {
                None => code!(#ident: input.field::<#ty>(#index)),
                Some(default) => default_of(field, default),
            }
        })
        .collect();
    let (unused, name) = (empty.then(|| code!(let _ = input;)), name(spec));
    code! {
        fn to_internal_value(input: &mut #Validation<'_>) -> Self::Validated {
            #unused
            #name { #(#fields),* }
        }
    }
}

/// expands to: `quantity: input.field_or::<FieldType<i64>>(1, || 0)`
fn default_of(field: &FieldSpec, default: &Expr) -> TokenStream {
    let (index, ident, ty) = (&field.index, &field.ident, field_type(field));
    let default = code_at!(default.span()=> || #default);
    code!(#ident: input.field_or::<#ty>(#index, #default))
}

/// expands to:
/// ```ignore
/// fn run_field_validators(data: &mut Self::Validated, input: &mut Validation<'_>) {
///     input.validate(1, &mut data.name, no_outer_blanks);
/// }
/// ```
pub(super) fn run_field_validators(spec: &SerializerSpec) -> Option<TokenStream> {
    let calls: Vec<_> = spec
        .inputs()
        .filter_map(|field| {
            let (index, ident, function) = (&field.index, &field.ident, field.validate.as_ref()?);
            let span = crate::codegen::view_set::span(function);
            let (input, data) = (local("input", span), local("data", span));
            Some(code_at!(span=> #input.validate(#index, &mut #data.#ident, #function);))
        })
        .collect();
    if calls.is_empty() {
        return None;
    }
    Some(code! {
        fn run_field_validators(data: &mut Self::Validated, input: &mut #Validation<'_>) {
            #(#calls)*
        }
    })
}
