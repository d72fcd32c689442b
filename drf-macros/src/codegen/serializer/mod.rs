mod description;
mod representation;
mod stub;
mod validated;

use proc_macro2::{Ident, Span, TokenStream};
use syn::spanned::Spanned;

use super::{code, code_at};
use crate::paths::{self, Context, FieldType, ModelSerializer, Result, Serializer, Stores, hook, hooks};
use crate::spec::{FieldSpec, SerializerSpec};

pub(crate) use stub::serializer_stub;

/// Everything that `#[serializer]` adds to a struct.
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
    let describe = spec.entity.is_ok().then(|| description::describe(spec, &entity(spec)));
    let serializer = serializer_impl(spec);
    let model_serializer = model_serializer_impl(spec);
    let (alias, ident) = (paths::alias(), &spec.ident);
    code! {
        const _: () = {
            #alias
            #validated
            #[allow(non_camel_case_types)]
            type __drf_Entity = <#ident as #ModelSerializer>::Entity;
            #describe
            #serializer
            #model_serializer
        };
    }
}

/// The entity, as the functions call it. The compiler is silent about a second error at the same place.
fn entity(spec: &SerializerSpec) -> Ident {
    let span = spec.entity.as_ref().map_or_else(|_| Span::call_site(), Spanned::span);
    Ident::new("__drf_Entity", span)
}

/// The type of a field, as the functions call it.
///
/// expands to: `FieldType<String>`
fn field_type(field: &FieldSpec) -> TokenStream {
    let (ty, checked) = (&field.ty, FieldType.at(field.ty.span()));
    code_at!(field.ty.span()=> #checked<#ty>)
}

/// expands to: `impl Serializer for PublisherSerializer { .. }`
fn serializer_impl(spec: &SerializerSpec) -> TokenStream {
    let ident = &spec.ident;
    let description = match &spec.entity {
        Ok(_) => description::description(),
        Err(_) => stub::description(),
    };
    let validated = validated::name(spec);
    let to_internal_value = validated::to_internal_value(spec);
    let validators = validated::run_field_validators(spec);
    let to_representation = match &spec.entity {
        Ok(_) => representation::to_representation(spec, &entity(spec)),
        Err(_) => stub::to_representation(),
    };
    code! {
        #[automatically_derived]
        impl #Serializer for #ident {
            type Validated = #validated;
            #description
            #to_internal_value
            #validators
            #to_representation
        }
    }
}

/// expands to:
/// ```ignore
/// impl ModelSerializer for PublisherSerializer {
///     type Itself = Self;
///     type Entity = hooks::Checked<publisher::Entity>;
///     fn store(data: &Self::Validated, stores: &mut Stores<'_>) { stores.field::<FieldType<i64>>(0, &data.id); }
/// }
/// ```
fn model_serializer_impl(spec: &SerializerSpec) -> TokenStream {
    let ident = &spec.ident;
    let entity = match &spec.entity {
        Ok(entity) => entity,
        Err(error) => return stub::model_serializer(ident, error),
    };
    let (span, checked) = (entity.span(), hooks.at(entity.span()));
    let checked = code_at!(span=> #checked::Checked<#entity>);
    let stored: Vec<_> = spec.fields.iter().filter(|field| field.is_stored()).collect();
    let stores = stored.iter().map(|field| {
        let (index, ident, ty) = (&field.index, &field.ident, field_type(field));
        code!(stores.field::<#ty>(#index, &data.#ident);)
    });
    let unused = stored.is_empty().then(|| code!(let _ = (data, stores);));
    let validate = validate(spec);
    code! {
        #[automatically_derived]
        impl #ModelSerializer for #ident {
            type Itself = Self;
            type Entity = #checked;
            fn store(data: &Self::Validated, stores: &mut #Stores<'_>) {
                #unused
                #(#stores)*
            }
            #validate
        }
    }
}

/// expands to:
/// ```ignore
/// async fn validate(data: Self::Validated, context: &Context<'_, Self>) -> Result<Self::Validated> {
///     hooks::validate(validate_publisher, data, context).await
/// }
/// ```
fn validate(spec: &SerializerSpec) -> Option<TokenStream> {
    let function = spec.validate.as_ref()?;
    let span = super::view_set::span(function);
    let validate = hook("validate", span);
    let (data, context) = (super::local("data", span), super::local("context", span));
    let call = super::view_set::call(
        &code_at!(span=> #validate::<Self, _>),
        function,
        code_at!(span=> #data, #context),
    );
    let call = code_at!(span=> #call.await);
    Some(code! {
        async fn validate(data: Self::Validated, context: &#Context<'_, Self>) -> #Result<Self::Validated> {
            #call
        }
    })
}
