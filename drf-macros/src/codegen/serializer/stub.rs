//! What stands in for what could not be made, so that one mistake is one error. None of it ever runs.

use proc_macro2::{Ident, TokenStream};

use crate::codegen::{code, error_type};
use crate::diagnostics::Error;
use crate::paths::{
    self, DbErr, ModelSerializer, RowWriter, Serializer, SerializerDescription, Stores, Validation,
};

/// A serializer without fields, for an item that cannot be one.
///
/// expands to: `impl Serializer for X { type Validated = (); .. }` and `impl ModelSerializer for X { .. }`
pub(crate) fn serializer_stub(ident: &Ident, error: &Error) -> TokenStream {
    let (description, to_representation) = (description(), to_representation());
    let model_serializer = model_serializer(ident, error);
    let alias = paths::alias();
    code! {
        const _: () = {
            #alias
            #[automatically_derived]
            impl #Serializer for #ident {
                type Validated = ();
                #description
                fn to_internal_value(_: &mut #Validation<'_>) -> Self::Validated {}
                #to_representation
            }
            #model_serializer
        };
    }
}

/// expands to: `fn description() -> &'static SerializerDescription { unimplemented!() }`
pub(super) fn description() -> TokenStream {
    code! {
        fn description() -> &'static #SerializerDescription {
            ::core::unimplemented!()
        }
    }
}

/// expands to: `fn to_representation(_: &mut RowWriter<'_>) -> Result<(), DbErr> { Ok(()) }`
pub(super) fn to_representation() -> TokenStream {
    code! {
        fn to_representation(_: &mut #RowWriter<'_>) -> ::core::result::Result<(), #DbErr> {
            ::core::result::Result::Ok(())
        }
    }
}

/// The error stands in the place of the entity, so that what the user wrote about it is no second error.
///
/// expands to: `impl ModelSerializer for X { type Entity = [(); ::core::compile_error!(..)]; .. }`
pub(super) fn model_serializer(ident: &Ident, error: &Error) -> TokenStream {
    let error = error_type(error);
    code! {
        #[automatically_derived]
        impl #ModelSerializer for #ident {
            type Itself = Self;
            type Entity = #error;
            fn store(_: &Self::Validated, _: &mut #Stores<'_>) {}
        }
    }
}
