use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

use crate::codegen::source::source;
use crate::codegen::{code, code_at};
use crate::ident::unraw;
use crate::paths::{NestedEntity, UniqueLookup, Write};
use crate::spec::{FieldOption, OptionValue};

/// Each option is a statement, since an error is shown at the receiver of the call.
///
/// expands to: `|field| { let field = field.min_length(5); field.max_length(20) }`
pub(super) fn options(options: &[FieldOption]) -> TokenStream {
    let Some((last, others)) = options.split_last() else { return code!(|field| field) };
    let first = options[0].name.span();
    let (field, last) = (Ident::new("field", first), option(last, first));
    if others.is_empty() {
        return code!(|#field| #last);
    }
    let others = others.iter().map(|each| option(each, first));
    code!(|#field| { #(let #field = #others;)* #last })
}

/// expands to: `field.min_length(5)`
fn option(FieldOption { name, value }: &FieldOption, hygiene: Span) -> TokenStream {
    // The compiler points at `field` as well, so it has the span of the user's word.
    let field = Ident::new("field", name.span().resolved_at(hygiene));
    let value = arguments(value);
    code_at!(name.span()=> #field.#name(#value))
}

/// expands to: `5`, `"code", "message"`, `Write::Replace`, `|model| &model.name, "name"`
fn arguments(value: &OptionValue) -> TokenStream {
    match value {
        OptionValue::Flag => TokenStream::new(),
        OptionValue::Bool(value) => value.to_token_stream(),
        OptionValue::Length(value) => value.to_token_stream(),
        OptionValue::Number(value) => value.tokens.clone(),
        OptionValue::Text(text) => text.to_token_stream(),
        OptionValue::Texts(texts) => code!(&[#(#texts),*]),
        OptionValue::Expr(value) => value.to_token_stream(),
        OptionValue::Function(path) => path.to_token_stream(),
        OptionValue::Write(variant) => {
            let write = Write.at(variant.span());
            code!(#write::#variant)
        }
        OptionValue::Lookup(variant) => {
            let lookup = UniqueLookup.at(variant.span());
            code!(#lookup::#variant)
        }
        OptionValue::Message(code, message) => code!(#code, #message),
        OptionValue::RelatedColumn(column) => {
            let name = unraw(column);
            code_at!(column.span()=> |model| &model.#column, #name)
        }
        OptionValue::NestedSource(ty, path) => source(&code!(#NestedEntity<#ty>), path),
        OptionValue::Child(child) => options(child),
    }
}
