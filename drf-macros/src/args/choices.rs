use heck::ToSnakeCase;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, Meta, Token, Variant};

use super::arguments::{Arguments, Owner};
use super::values::text;
use crate::diagnostics::Errors;

const OWNER: Owner = Owner { name: "#[choice]", known: &["label"], repeatable: &[], hints: &[] };

/// The label of a variant: `#[choice(label = "..")]`, else sea-orm's `display_value`, else its name in words.
pub(crate) fn choice_label(variant: &Variant, errors: &mut Errors) -> String {
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("choice")) {
        let tokens = match &attribute.meta {
            Meta::List(list) => list.tokens.clone(),
            _ => Default::default(),
        };
        let label = Arguments::read(tokens, &OWNER, errors).take("label", errors, text);
        if let Some(label) = label {
            return label.value.value();
        }
    }
    variant.attrs.iter().find_map(display_value).unwrap_or_else(|| in_words(&variant.ident))
}

/// `#[sea_orm(string_value = "T", display_value = "Technology")]`
fn display_value(attribute: &Attribute) -> Option<String> {
    if !attribute.path().is_ident("sea_orm") {
        return None;
    }
    let list = attribute.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
    list.into_iter().find_map(|meta| match meta {
        Meta::NameValue(meta) if meta.path.is_ident("display_value") => match meta.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    })
}

/// `TechBook` is "Tech book".
fn in_words(variant: &Ident) -> String {
    let words = super::unraw(variant).to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}
