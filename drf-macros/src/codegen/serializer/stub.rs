//! Stubs in place of code that could not be generated, so that one mistake is one error. They never run.

use proc_macro2::{Ident, TokenStream};

use crate::codegen::{code, error_type};
use crate::diagnostics::Error;
use crate::paths::{
    self, ModelSerializer, RowWriter, Serializer, SerializerDescription, Validation, Values, WriteResult,
};

/// A serializer without fields, for an item that cannot be one.
///
/// expands to: `impl Serializer for X { type Validated = (); .. }` and `impl ModelSerializer for X { .. }`
pub(crate) fn serializer_stub(ident: &Ident, error: &Error) -> TokenStream {
    let description = description();
    let model_serializer = model_serializer(ident, error);
    let alias = paths::alias();
    code! {
        const _: () = {
            #alias
            #[automatically_derived]
            impl #Serializer for #ident {
                type Validated = ();
                type Instance = ();
                #description
                fn to_internal_value(_: &mut #Validation<'_>) -> Self::Validated {}
                fn visit((): &Self::Validated, _: &mut #Values<'_>) {}
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

/// expands to: `fn to_representation(_: &mut RowWriter<'_>) -> WriteResult { Ok(()) }`
fn to_representation() -> TokenStream {
    code! {
        fn to_representation(_: &mut #RowWriter<'_>) -> #WriteResult {
            ::core::result::Result::Ok(())
        }
    }
}

/// The error takes the place of the entity, so that its uses are no further errors.
///
/// expands to: `impl ModelSerializer for X { type Entity = [(); ::core::compile_error!(..)]; .. }`
pub(super) fn model_serializer(ident: &Ident, error: &Error) -> TokenStream {
    let (error, to_representation) = (error_type(error), to_representation());
    code! {
        #[automatically_derived]
        impl #ModelSerializer for #ident {
            type Itself = Self;
            type Entity = #error;
            #to_representation
        }
    }
}
