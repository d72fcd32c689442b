use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta, Token, Variant};

use super::arguments::Argument;
use super::signature::{ArgumentsOf, arguments};
use super::values::text;
use crate::diagnostics::{Errors, Result, err};
use crate::ident::unraw;

arguments! {
    /// The arguments of `#[choice(..)]` at a variant.
    ChoiceArgs of "#[choice]" {
        value: ChoiceValue = value,
        label: LitStr = text,
        group: LitStr = text,
    }
    hints {
        "name" => "the name for people is `label = \"..\"`",
        "display_name" => "write `label = \"..\"`",
    }
}

/// A value on the wire.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum ChoiceValue {
    /// `"s"`
    Text(String),
    /// `-1`
    Number(i64),
}

impl ChoiceArgs {
    /// Reads the attributes of a variant.
    pub(crate) fn of(variant: &Variant, errors: &mut Errors) -> Self {
        let attributes = variant.attrs.iter().filter(|attribute| attribute.path().is_ident("choice"));
        let tokens = attributes.filter_map(|attribute| match &attribute.meta {
            Meta::List(list) if !list.tokens.is_empty() => Some(&list.tokens),
            _ => None,
        });
        Self::read(quote!(#(#tokens),*), errors)
    }

    /// Returns the name for people: `label`, else sea-orm's `display_value`, else the variant in words.
    pub(crate) fn label(&self, variant: &Variant) -> String {
        match &self.label {
            Some(label) => label.value.value(),
            None => variant.attrs.iter().find_map(display_value).unwrap_or_else(|| in_words(&variant.ident)),
        }
    }
}

/// `value = "s"`, `value = -1`
fn value(argument: &Argument, _: &mut Errors) -> Result<ChoiceValue> {
    let form = "value = \"..\"` or `value = 1";
    let value: TokenStream = argument.value(form)?;
    let literal = syn::parse2::<Expr>(value.clone()).ok().as_ref().and_then(ChoiceValue::of);
    literal
        .ok_or_else(|| err!(value, "the value of a choice is a text or a whole number\nhelp: write `{form}`"))
}

impl ChoiceValue {
    /// Returns the value of a literal.
    pub(crate) fn of(expr: &Expr) -> Option<Self> {
        match expr {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(Self::Text(text.value())),
            Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok().map(Self::Number),
            Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Neg(_)) => match Self::of(&unary.expr)? {
                Self::Number(number) => number.checked_neg().map(Self::Number),
                Self::Text(_) => None,
            },
            _ => None,
        }
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }
}

/// Writes the literal.
impl std::fmt::Display for ChoiceValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Number(number) => number.fmt(f),
        }
    }
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

/// Returns "Tech book" of `TechBook`.
fn in_words(variant: &Ident) -> String {
    let words = unraw(variant).to_snake_case().replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}
