use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::LitInt;
use syn::spanned::Spanned;

use super::field_type;
use super::options::options;
use crate::codegen::source::source;
use crate::codegen::{code, code_at};
use crate::paths::{self, ListLimits, NamedColumn, NamedRelation, SerializerDescription, UniqueLookup};
use crate::spec::{FieldSpec, ListSpec, Place, SerializerSpec, Source, UniqueFor, UniqueTogether};

/// The table of fields, made at the first use of the serializer.
///
/// expands to:
/// ```ignore
/// fn description() -> &'static SerializerDescription {
///     static DESCRIPTION: LazyLock<SerializerDescription> = LazyLock::new(__drf_describe);
///     &DESCRIPTION
/// }
/// ```
pub(super) fn description() -> TokenStream {
    code! {
        fn description() -> &'static #SerializerDescription {
            static DESCRIPTION: ::std::sync::LazyLock<#SerializerDescription> =
                ::std::sync::LazyLock::new(__drf_describe);
            &DESCRIPTION
        }
    }
}

/// expands to:
/// ```ignore
/// fn __drf_describe() -> SerializerDescription {
///     use {NamedColumn as _, NamedRelation as _};
///     let id = column::<__drf_Entity, _>(|model| &model.id).named("id");
///     let mut serializer = describe::<__drf_Entity>("PublisherSerializer");
///     serializer.field::<FieldType<i64>>("id", id, |field| field);
///     serializer.build()
/// }
/// ```
pub(super) fn describe(spec: &SerializerSpec, entity: &Ident) -> TokenStream {
    let name = spec.ident.to_string();
    let has_source = spec.fields.iter().filter_map(source_of).chain(&spec.provided).next().is_some();
    let import = has_source.then(|| {
        code! {
            #[allow(unused_imports)]
            use {#NamedColumn as _, #NamedRelation as _};
        }
    });
    let tokens = entity.to_token_stream();
    let sources = spec.fields.iter().filter_map(|field| {
        let (name, source) = (variable(field), source(&tokens, source_of(field)?));
        Some(code!(let #name = #source;))
    });
    let start = match spec.is_plain() {
        true => {
            let start = paths::describe_plain;
            code!(#start(#name))
        }
        false => {
            let start = paths::describe;
            code!(#start::<#entity>(#name))
        }
    };
    let fields = spec.fields.iter().map(field);
    let unique_together = spec.unique_together.iter().map(unique_together);
    let unique_for = spec.unique_for.iter().map(unique_for);
    let list = spec.list.as_ref().map(list);
    let provided = spec.provided.iter().map(|provided| source(&tokens, provided));
    let hook = spec.create.is_some().then(|| code!(serializer.created_by_hook();));
    let depth = spec.depth.as_ref().map(|depth| code!(serializer.depth(#depth);));
    code! {
        fn __drf_describe() -> #SerializerDescription {
            #import
            #(#sources)*
            let mut serializer = #start;
            #(serializer #fields;)*
            #(serializer #unique_together;)*
            #(serializer #unique_for;)*
            #list
            #depth
            #(serializer.provided(#provided);)*
            #hook
            serializer.build()
        }
    }
}

/// expands to: `serializer.list(ListLimits { max_length: Some(100), ..Default::default() })`
fn list(limits: &ListSpec) -> TokenStream {
    let allow_empty = limits.allow_empty.as_ref().map(|value| code!(allow_empty: #value,));
    let length = |name: TokenStream, value: &Option<LitInt>| {
        let value = value.as_ref()?;
        Some(code!(#name: ::core::option::Option::Some(#value),))
    };
    let min_length = length(code!(min_length), &limits.min_length);
    let max_length = length(code!(max_length), &limits.max_length);
    let limits = code!(#allow_empty #min_length #max_length ..::core::default::Default::default());
    code!(serializer.list(#ListLimits { #limits });)
}

/// Returns the variable for the source of a field. A source of another type than the field's is reported there; that of a nested
/// field at the type, which may be no serializer at all.
fn variable(field: &FieldSpec) -> Ident {
    let mut name = field.ident.clone();
    let place = source_of(field).filter(|_| !field.is_nested());
    name.set_span(crate::codegen::at(place.map_or(field.ty.span(), Source::span)));
    name
}

fn source_of(field: &FieldSpec) -> Option<&Source> {
    match &field.place {
        Place::Source(source) | Place::Identity(Some(source)) => Some(source),
        _ => None,
    }
}

/// expands to: `.field::<FieldType<String>>("name", name, |field| field.min_length(5))`
fn field(field: &FieldSpec) -> TokenStream {
    let (name, ty) = (&field.name, field_type(field));
    let options = options(&field.options);
    match &field.place {
        Place::Source(_) => {
            let source = variable(field);
            let method = Ident::new(if field.is_nested() { "nested" } else { "field" }, source.span());
            code_at!(source.span()=> .#method::<#ty>(#name, #source, #options))
        }
        Place::Identity(None) => code!(.identity::<#ty>(#name, #options)),
        Place::Identity(Some(_)) => {
            let source = variable(field);
            code_at!(source.span()=> .identity_by::<#ty>(#name, #source, #options))
        }
        Place::Input if field.is_nested() => code!(.nested_input::<#ty>(#name, #options)),
        Place::Method(_) => code!(.method::<#ty>(#name, #options)),
        Place::Input => code!(.input::<#ty>(#name, #options)),
    }
}

/// expands to: `.unique_together(&["publisher", "name"], None)`
fn unique_together(rule: &UniqueTogether) -> TokenStream {
    let fields = &rule.fields;
    let message = match &rule.message {
        Some(message) => code_at!(message.span()=> ::core::option::Option::Some(#message)),
        None => code!(::core::option::Option::None),
    };
    code!(.unique_together(&[#(#fields),*], #message))
}

/// expands to: `.unique_for("title", "published", UniqueLookup::Date)`
fn unique_for(rule: &UniqueFor) -> TokenStream {
    let (field, date, period) = (&rule.field, &rule.date, Ident::new(rule.period, Span::mixed_site()));
    code!(.unique_for(#field, #date, #UniqueLookup::#period))
}
