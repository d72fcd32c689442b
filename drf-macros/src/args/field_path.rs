use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{LitStr, Token};

use super::arguments::Argument;
use super::list::list;
use crate::diagnostics::{Errors, Result, bail};
use crate::ident::unraw;

/// A field of the model, or one through relations: `price`, `publisher.name`.
#[derive(Clone)]
pub(crate) struct FieldPath(pub(crate) Vec<Ident>);

impl FieldPath {
    pub(crate) fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut names = vec![name(input)?];
        while input.peek(Token![.]) {
            let dot: Token![.] = input.parse()?;
            if input.is_empty() || input.peek(Token![,]) {
                bail!(dot, "expected a field after `.`");
            }
            names.push(name(input)?);
        }
        Ok(Self(names))
    }

    /// Returns the field of the model itself; `None` of a path through relations.
    pub(crate) fn single(&self) -> Option<&Ident> {
        match self.0.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Returns the field at the end.
    pub(crate) fn last(&self) -> &Ident {
        self.0.last().expect("a path has a name")
    }

    /// Returns the place of the field at the end.
    pub(crate) fn span(&self) -> Span {
        self.0.last().map_or_else(Span::call_site, Ident::span)
    }
}

fn name(input: ParseStream<'_>) -> Result<Ident> {
    if let Ok(text) = input.fork().parse::<LitStr>() {
        let path = text.value().replace("__", ".");
        bail!(text, "expected a field, not a string\nhelp: write `{path}` without quotes");
    }
    if !input.peek(Ident::peek_any) {
        bail!(input.span(), "expected a field");
    }
    Ok(input.call(Ident::parse_any)?)
}

/// Reads `source = publisher.name`.
pub(crate) fn field_path(argument: &Argument, _: &mut Errors) -> Result<FieldPath> {
    let form = format!("{} = some_field", argument.key);
    let mut errors = Errors::default();
    let paths = list(argument.value(&form)?, &mut errors, FieldPath::parse);
    errors.finish()?;
    paths.into_iter().next().ok_or_else(|| argument.malformed(&form))
}

/// Reads `lookup_field = isbn`.
pub(crate) fn own_field(argument: &Argument, errors: &mut Errors) -> Result<Ident> {
    let path = field_path(argument, errors)?;
    match path.single() {
        Some(field) => Ok(field.clone()),
        None => bail!(path.span(), "`{}` must be a field of the model, not of a related one", argument.key),
    }
}

/// Reads `cascade(reviews, books.tags)`.
pub(crate) fn field_paths(argument: &Argument, errors: &mut Errors) -> Result<Vec<FieldPath>> {
    Ok(list(argument.items(&format!("{}(reviews)", argument.key))?, errors, FieldPath::parse))
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.iter().map(unraw).collect();
        f.write_str(&names.join("."))
    }
}

impl ToTokens for FieldPath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let names = &self.0;
        tokens.extend(quote!(#(#names).*));
    }
}
