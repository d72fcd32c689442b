use proc_macro2::{Ident, TokenStream};

use super::code;
use crate::paths::{
    self, Choices, DbErr, Field, FieldDescription, Row, SeaValue, Stored, ValidationError, Value, choice,
};
use crate::spec::{ChoicesSpec, Label};

/// An enum as a field whose values have labels.
///
/// expands to:
/// ```ignore
/// const _: () = {
///     impl Choices for Category { fn label(&self) -> &'static str { match self { Self::Tech => "Technology" } } }
///     impl Field for Category { .. }
/// };
/// ```
pub(crate) fn choices(spec: &ChoicesSpec) -> TokenStream {
    let arms = spec.labels.iter().map(|Label { variant, label }| code!(Self::#variant => #label));
    // An enum without values has no labels either.
    let body = match spec.labels.is_empty() {
        true => code!(match *self {}),
        false => code!(match self { #(#arms),* }),
    };
    all(&spec.ident, &body)
}

/// The same for an enum whose labels could not be read.
pub(crate) fn choices_stub(ident: &Ident) -> TokenStream {
    all(ident, &code!(::core::unimplemented!()))
}

fn all(ident: &Ident, label: &TokenStream) -> TokenStream {
    let field = field(ident);
    let alias = paths::alias();
    code! {
        const _: () = {
            #alias
            #[automatically_derived]
            impl #Choices for #ident {
                fn label(&self) -> &'static str {
                    #label
                }
            }
            #field
        };
    }
}

/// expands to: `impl Field for Category { .. }`, every function of which is the runtime's
fn field(ident: &Ident) -> TokenStream {
    code! {
        #[automatically_derived]
        impl #Field for #ident {
            type Source = Self;
            fn describe(field: &mut #FieldDescription) {
                #choice::describe::<Self>(field);
            }
            fn to_internal_value(
                input: &#Value,
                field: &#FieldDescription,
            ) -> ::core::result::Result<Self, #ValidationError> {
                #choice::to_internal_value(input, field)
            }
            fn to_representation(&self, field: &#FieldDescription, out: &mut ::std::vec::Vec<u8>) {
                #choice::to_representation(self, field, out);
            }
            fn read(
                row: &#Row<'_>,
                index: usize,
            ) -> ::core::result::Result<::core::option::Option<Self>, #DbErr> {
                #choice::read(row, index)
            }
            fn write_cell(
                row: &#Row<'_>,
                index: usize,
                field: &#FieldDescription,
                out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), #DbErr> {
                #choice::write_cell(row, index, field, out)
            }
            fn to_stored(&self) -> #Stored {
                #choice::to_stored(self)
            }
            fn null() -> #SeaValue {
                #choice::null::<Self>()
            }
        }
    }
}
