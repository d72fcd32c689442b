use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::arguments::Argument;
use super::list::list;
use crate::diagnostics::{Errors, Result, bail};

/// A column, or one behind relations: `price`, `publisher.name`.
#[derive(Clone)]
pub(crate) struct Words(pub(crate) Vec<Ident>);

/// A name without `r#`.
pub(crate) fn unraw(ident: &Ident) -> String {
    ident.unraw().to_string()
}

impl Words {
    pub(crate) fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut words = vec![word(input)?];
        while input.peek(Token![.]) {
            let dot: Token![.] = input.parse()?;
            if input.is_empty() || input.peek(Token![,]) {
                bail!(dot, "expected a field after `.`");
            }
            words.push(word(input)?);
        }
        Ok(Self(words))
    }

    /// The only word, if there is only one.
    pub(crate) fn single(&self) -> Option<&Ident> {
        match self.0.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The last word.
    pub(crate) fn last(&self) -> &Ident {
        self.0.last().expect("a path has a word")
    }

    /// The word at the end: the column.
    pub(crate) fn span(&self) -> Span {
        self.0.last().map_or_else(Span::call_site, Ident::span)
    }
}

fn word(input: ParseStream<'_>) -> Result<Ident> {
    if let Ok(text) = input.fork().parse::<LitStr>() {
        let words = text.value().replace("__", ".");
        bail!(text, "expected a field, not a string\nhelp: write `{words}` without quotes");
    }
    if !input.peek(Ident::peek_any) {
        bail!(input.span(), "expected a field");
    }
    Ok(input.call(Ident::parse_any)?)
}

/// `source = publisher.name`
pub(crate) fn words(argument: &Argument, _: &mut Errors) -> Result<Words> {
    let value = argument.value(&format!("{} = some_field", argument.key))?;
    let mut errors = Errors::default();
    let words = list(value, &mut errors, Words::parse);
    errors.finish()?;
    words.into_iter().next().ok_or_else(|| argument.malformed(&format!("{} = some_field", argument.key)))
}

/// `lookup_field = isbn`
pub(crate) fn field(argument: &Argument, errors: &mut Errors) -> Result<Ident> {
    let words = words(argument, errors)?;
    match words.single() {
        Some(field) => Ok(field.clone()),
        None => bail!(words.span(), "`{}` is a field of the model, not of a related one", argument.key),
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<_> = self.0.iter().map(unraw).collect();
        f.write_str(&words.join("."))
    }
}

impl ToTokens for Words {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let words = &self.0;
        tokens.extend(quote!(#(#words).*));
    }
}
