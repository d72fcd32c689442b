use proc_macro2::{Ident, Span, TokenStream};
use quote::format_ident;
use syn::Path;
use syn::spanned::Spanned;

use super::field_type;
use crate::codegen::{code, code_at, local, view_set};
use crate::paths::{Context, Request, Result, ValidatedOf, Validation, Values, hook};
use crate::spec::{Default, FieldSpec, SerializerSpec};

/// Returns the name of the struct. Hooks write `Validated<PublisherSerializer>`, but the compiler's errors have this name.
pub(super) fn name(spec: &SerializerSpec) -> Ident {
    format_ident!("Validated{}", spec.ident, span = Span::call_site())
}

/// The struct of the fields that input sets, as visible as the serializer.
///
/// expands to:
/// ```ignore
/// /// The fields that valid input for [`PublisherSerializer`] sets.
/// pub struct ValidatedPublisherSerializer {
///     pub name: ::core::option::Option<String>,
/// }
/// ```
pub(super) fn validated(spec: &SerializerSpec) -> TokenStream {
    let (vis, name) = (&spec.vis, name(spec));
    let docs = format!(" The fields that valid input for [`{}`] sets.", spec.ident);
    let fields = spec.inputs().map(|field| {
        let (ident, ty) = (&field.ident, &field.ty);
        match field.is_nested() {
            true => {
                let validated = ValidatedOf.at(field.ty.span());
                let ty = code_at!(field.ty.span()=> #validated<#ty>);
                code!(#vis #ident: ::core::option::Option<#ty>)
            }
            false => code!(#vis #ident: ::core::option::Option<#ty>),
        }
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
    let fields: Vec<_> = spec.inputs().map(read).collect();
    let defaults: Vec<_> = match spec.is_plain() {
        true => Vec::new(),
        false => {
            spec.fields.iter().filter(|field| field.is_read_only_default()).map(read_only_default).collect()
        }
    };
    let unused = (fields.is_empty() && defaults.is_empty()).then(|| code!(let _ = input;));
    let name = name(spec);
    code! {
        fn to_internal_value(input: &mut #Validation<'_>) -> Self::Validated {
            #unused
            #(#defaults)*
            #name { #(#fields),* }
        }
    }
}

/// expands to: `name: input.field::<FieldType<String>>(0)`
fn read(field: &FieldSpec) -> TokenStream {
    let (index, ident, ty) = (&field.index, &field.ident, field_type(field));
    match &field.default {
        _ if field.is_nested() => {
            let input = local("input", field.ty.span());
            let read = code_at!(field.ty.span()=> #input.nested::<#ty>(#index));
            code!(#ident: #read)
        }
        None => code!(#ident: input.field::<#ty>(#index)),
        Some(Default::Value(default)) => {
            let default = code_at!(default.span()=> || #default);
            code!(#ident: input.field_or::<#ty>(#index, #default))
        }
        Some(Default::With(default)) => {
            let input = local("input", default.span());
            let read = code_at!(default.span()=> #input.field_with::<#ty>(#index, #default));
            code!(#ident: #read)
        }
    }
}

/// expands to: `input.shown_with::<FieldType<i64>>(3, CurrentUserDefault);`
fn read_only_default(field: &FieldSpec) -> TokenStream {
    let (index, ty) = (&field.index, field_type(field));
    match &field.default {
        Some(Default::With(default)) => {
            let input = local("input", default.span());
            code_at!(default.span()=> #input.shown_with::<#ty>(#index, #default);)
        }
        Some(Default::Value(default)) => {
            let default = code_at!(default.span()=> |_: &#Request| #default);
            code!(input.shown_with::<#ty>(#index, #default);)
        }
        None => TokenStream::new(),
    }
}

/// expands to:
/// ```ignore
/// async fn run_nested(data: &mut Self::Validated, input: &mut Validation<'_>) -> Result<()> {
///     input.complete::<Vec<BookItem>>(3, &mut data.books).await?;
///     Ok(())
/// }
/// ```
pub(super) fn run_nested(spec: &SerializerSpec) -> Option<TokenStream> {
    let nested = spec.inputs().filter(|field| field.is_nested());
    let calls: Vec<_> = nested
        .map(|field| {
            let (index, ident, ty) = (&field.index, &field.ident, field_type(field));
            code!(input.complete::<#ty>(#index, &mut data.#ident).await?;)
        })
        .collect();
    if calls.is_empty() {
        return None;
    }
    Some(code! {
        async fn run_nested(data: &mut Self::Validated, input: &mut #Validation<'_>) -> #Result<()> {
            #(#calls)*
            ::core::result::Result::Ok(())
        }
    })
}

/// Visits each field of valid data.
///
/// expands to:
/// ```ignore
/// fn visit(data: &Self::Validated, values: &mut Values<'_>) {
///     values.field::<FieldType<String>>(1, &data.name);
/// }
/// ```
pub(super) fn visit(spec: &SerializerSpec) -> TokenStream {
    let fields = spec.fields.iter().filter_map(|field| {
        let (index, ident, ty) = (&field.index, &field.ident, field_type(field));
        match &field.default {
            _ if field.is_input() && field.is_nested() => {
                Some(code!(values.nested::<#ty>(#index, &data.#ident);))
            }
            _ if field.is_input() => Some(code!(values.field::<#ty>(#index, &data.#ident);)),
            Some(Default::Value(default)) if spec.is_plain() => {
                let default = code_at!(default.span()=> || #default);
                Some(code!(values.default::<#ty>(#index, #default);))
            }
            _ => None,
        }
    });
    let fields: Vec<_> = fields.collect();
    let unused = spec.inputs().next().is_none().then(|| code!(let _ = (data, &values);));
    code! {
        fn visit(data: &Self::Validated, values: &mut #Values<'_>) {
            #unused
            #(#fields)*
        }
    }
}

/// expands to:
/// ```ignore
/// async fn validate(data: Self::Validated, context: &Context<'_, Self>) -> Result<Self::Validated> {
///     hooks::validate::<Self, _>(validate_publisher, data, context).await
/// }
/// ```
pub(super) fn validate(spec: &SerializerSpec) -> Option<TokenStream> {
    let function = spec.validate.as_ref()?;
    let call = call("validate", function, "context");
    Some(code! {
        async fn validate(data: Self::Validated, context: &#Context<'_, Self>) -> #Result<Self::Validated> {
            #call
        }
    })
}

/// expands to:
/// ```ignore
/// async fn validate_list(data: Vec<Self::Validated>, request: &Request) -> Result<Vec<Self::Validated>> {
///     hooks::validate_list::<Self, _>(no_duplicates, data, request).await
/// }
/// ```
pub(super) fn validate_list(spec: &SerializerSpec) -> Option<TokenStream> {
    let function = spec.list.as_ref()?.validate.as_ref()?;
    let call = call("validate_list", function, "request");
    Some(code! {
        async fn validate_list(
            data: ::std::vec::Vec<Self::Validated>,
            request: &#Request,
        ) -> #Result<::std::vec::Vec<Self::Validated>> {
            #call
        }
    })
}

fn call(name: &'static str, function: &Path, second: &str) -> TokenStream {
    let span = view_set::span(function);
    let hook = hook(name, span);
    let (data, second) = (local("data", span), local(second, span));
    let call = view_set::call(&code_at!(span=> #hook::<Self, _>), function, code_at!(span=> #data, #second));
    code_at!(span=> #call.await)
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
            let span = view_set::span(function);
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
