use proc_macro2::{Ident, Literal, TokenStream};

use super::code;
use crate::paths::{
    self, Choices, DbErr, DbValue, Field, FieldDescription, Row, SeaValue, SerializedRow, ValidationError,
    Value, choice,
};
use crate::spec::{ChoiceSpec, ChoiceValue, ChoicesSpec, Values};

/// An enum as a field whose values have labels.
///
/// expands to:
/// ```ignore
/// const _: () = {
///     impl Choices for Category {
///         const CHOICES: &'static [Self] = &[Self::Tech];
///         fn value(&self) -> Value { match self { Self::Tech => "tech".into() } }
///         fn label(&self) -> &'static str { match self { Self::Tech => "Technology" } }
///     }
///     impl Field for Category { .. }
/// };
/// ```
pub(crate) fn choices(spec: &ChoicesSpec) -> TokenStream {
    let value = match spec.values {
        Values::ActiveEnum => code!(#choice::active_value(self)),
        _ => each(spec, |one| one.value.as_ref().map(value)),
    };
    let label = each(spec, |ChoiceSpec { label, .. }| Some(code!(#label)));
    let group = spec.choices.iter().any(|one| one.group.is_some()).then(|| group(spec));
    let variants = spec.choices.iter().map(|ChoiceSpec { variant, .. }| variant);
    let functions = code! {
        const CHOICES: &'static [Self] = &[#(Self::#variants),*];
        fn value(&self) -> #Value {
            #value
        }
        fn label(&self) -> &'static str {
            #label
        }
        #group
    };
    all(&spec.ident, &spec.values, &functions)
}

/// The same for an enum whose choices could not be read.
pub(crate) fn choices_stub(ident: &Ident, active: bool) -> TokenStream {
    let values = if active { Values::ActiveEnum } else { Values::Text };
    let functions = code! {
        const CHOICES: &'static [Self] = &[];
        fn value(&self) -> #Value {
            ::core::unimplemented!()
        }
        fn label(&self) -> &'static str {
            ::core::unimplemented!()
        }
    };
    all(ident, &values, &functions)
}

/// expands to: `match self { Self::Tech => .., Self::Fiction => .. }`
fn each(spec: &ChoicesSpec, of: impl Fn(&ChoiceSpec) -> Option<TokenStream>) -> TokenStream {
    let arms: Vec<_> = spec
        .choices
        .iter()
        .filter_map(|one| {
            let (variant, of) = (&one.variant, of(one)?);
            Some(code!(Self::#variant => #of))
        })
        .collect();
    // An enum without values is never there.
    if arms.is_empty() { code!(match *self {}) } else { code!(match self { #(#arms),* }) }
}

/// expands to: `Value::from("tech")`
fn value(value: &ChoiceValue) -> TokenStream {
    match value {
        ChoiceValue::Text(text) => code!(#Value::from(#text)),
        ChoiceValue::Number(number) => {
            let number = Literal::i64_suffixed(*number);
            code!(#Value::from(#number))
        }
    }
}

/// expands to: `fn group(&self) -> Option<&'static str> { match self { Self::Red => Some("Warm"), .. } }`
fn group(spec: &ChoicesSpec) -> TokenStream {
    let groups = each(spec, |one| {
        Some(match &one.group {
            Some(group) => code!(::core::option::Option::Some(#group)),
            None => code!(::core::option::Option::None),
        })
    });
    code! {
        fn group(&self) -> ::core::option::Option<&'static str> {
            #groups
        }
    }
}

fn all(ident: &Ident, values: &Values, functions: &TokenStream) -> TokenStream {
    let field = field(ident, values);
    let alias = paths::alias();
    code! {
        const _: () = {
            #alias
            #[automatically_derived]
            impl #Choices for #ident {
                #functions
            }
            #field
        };
    }
}

/// expands to: `impl Field for Category { .. }`, every function of which is the runtime's
fn field(ident: &Ident, values: &Values) -> TokenStream {
    let Storage { source, read, to_db_value, null } = Storage::of(values);
    code! {
        #[automatically_derived]
        impl #Field for #ident {
            type Source = #source;
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
                #read
            }
            fn write_cell(
                row: &#SerializedRow<'_>,
                index: usize,
                field: &#FieldDescription,
                out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), #DbErr> {
                #choice::write_cell(row, index, field, out)
            }
            fn to_db_value(&self) -> #DbValue {
                #to_db_value
            }
            fn null() -> #SeaValue {
                #null
            }
        }
    }
}

/// The code that differs between the enums of sea-orm, of text and of numbers.
struct Storage {
    source: TokenStream,
    read: TokenStream,
    to_db_value: TokenStream,
    null: TokenStream,
}

impl Storage {
    fn of(values: &Values) -> Self {
        let source = match values {
            Values::ActiveEnum => {
                return Self {
                    source: code!(Self),
                    read: code!(#choice::read_active(row, index)),
                    to_db_value: code!(#choice::to_db_value_active(self)),
                    null: code!(#choice::null_active::<Self>()),
                };
            }
            Values::Text => code!(::std::string::String),
            Values::Numbers(number) => code!(::core::primitive::#number),
        };
        Self {
            read: code!(#choice::read(row, index)),
            to_db_value: match values {
                Values::Numbers(_) => code!(#choice::db_number::<Self, #source>(self)),
                _ => code!(#choice::db_text(self)),
            },
            null: code!(<#source as #Field>::null()),
            source,
        }
    }
}
