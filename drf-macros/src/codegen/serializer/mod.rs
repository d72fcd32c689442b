mod description;
mod options;
mod representation;
mod save;
mod stub;
mod validated;

use proc_macro2::{Ident, Span, TokenStream};
use syn::spanned::Spanned;

use super::{code, code_at};
use crate::paths::{self, FieldType, Model, ModelSerializer, Serializer, SerializerHooks, hooks};
use crate::spec::{FieldSpec, SerializerSpec};

pub(crate) use stub::serializer_stub;

/// The code that `#[serializer]` adds to a struct.
///
/// expands to:
/// ```ignore
/// const _: () = {
///     pub struct ValidatedPublisherSerializer { pub name: Option<String> }
///     impl Serializer for PublisherSerializer { .. }
///     impl ModelSerializer for PublisherSerializer { .. }
/// };
/// ```
pub(crate) fn serializer(spec: &SerializerSpec) -> TokenStream {
    let validated = validated::validated(spec);
    let describe = (!is_broken(spec)).then(|| description::describe(spec, &entity(spec)));
    let serializer = serializer_impl(spec);
    let model_serializer = model_serializer_impl(spec);
    let (alias, ident, allowed) = (paths::alias(), &spec.ident, &spec.allowed);
    let entity = (!spec.is_plain()).then(|| {
        code! {
            #[allow(non_camel_case_types)]
            type __drf_Entity = <#ident as #ModelSerializer>::Entity;
        }
    });
    code! {
        #(#[allow(#allowed)])*
        const _: () = {
            #alias
            #validated
            #entity
            #describe
            #serializer
            #model_serializer
        };
    }
}

/// Tells whether its entity is an error.
fn is_broken(spec: &SerializerSpec) -> bool {
    matches!(spec.entity, Some(Err(_)))
}

/// Returns the name of the entity in the functions. The compiler is silent about a second error at the same place.
fn entity(spec: &SerializerSpec) -> Ident {
    let span = match &spec.entity {
        Some(Ok(entity)) => entity.span(),
        _ => Span::call_site(),
    };
    Ident::new("__drf_Entity", span)
}

/// Returns the type of a field in the functions. That of a nested field is checked by them.
///
/// expands to: `FieldType<String>`
fn field_type(field: &FieldSpec) -> TokenStream {
    let (ty, checked) = (&field.ty, FieldType.at(field.ty.span()));
    match field.is_nested() {
        true => code_at!(field.ty.span()=> #ty),
        false => code_at!(field.ty.span()=> #checked<#ty>),
    }
}

/// expands to: `impl Serializer for PublisherSerializer { .. }`
fn serializer_impl(spec: &SerializerSpec) -> TokenStream {
    let ident = &spec.ident;
    let description = match is_broken(spec) {
        false => description::description(),
        true => stub::description(),
    };
    let validated = validated::name(spec);
    let instance = match spec.is_plain() || is_broken(spec) {
        true => code!(()),
        false => code!(#Model<__drf_Entity>),
    };
    let to_internal_value = validated::to_internal_value(spec);
    let nested = validated::run_nested(spec);
    let validators = validated::run_field_validators(spec);
    let (validate, validate_list) = (validated::validate(spec), validated::validate_list(spec));
    let visit = validated::visit(spec);
    let called = spec.hooks().map(|variant| {
        let variant = Ident::new(variant, Span::mixed_site());
        code!(
            const HOOKS: #SerializerHooks = #SerializerHooks::#variant;
        )
    });
    code! {
        #[automatically_derived]
        impl #Serializer for #ident {
            type Validated = #validated;
            type Instance = #instance;
            #called
            #description
            #to_internal_value
            #nested
            #validators
            #validate
            #validate_list
            #visit
        }
    }
}

/// expands to:
/// ```ignore
/// impl ModelSerializer for PublisherSerializer {
///     type Itself = Self;
///     type Entity = hooks::Checked<publisher::Entity>;
///     fn to_representation(row: &mut RowWriter<'_>) -> Result<(), DbErr> { .. }
/// }
/// ```
fn model_serializer_impl(spec: &SerializerSpec) -> TokenStream {
    let ident = &spec.ident;
    let named = match spec.entity.as_ref() {
        None => return TokenStream::new(),
        Some(Err(error)) => return stub::model_serializer(ident, error),
        Some(Ok(entity)) => entity,
    };
    let (span, checked) = (named.span(), hooks.at(named.span()));
    let checked = code_at!(span=> #checked::Checked<#named>);
    let to_representation = representation::to_representation(spec, &entity(spec));
    let save_nested = save::save_nested(spec);
    let (create, update) = (save::create(spec), save::update(spec));
    code! {
        #[automatically_derived]
        impl #ModelSerializer for #ident {
            type Itself = Self;
            type Entity = #checked;
            #to_representation
            #save_nested
            #create
            #update
        }
    }
}
