use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, Token, token};

use super::list::{list, parenthesized, until_comma};
use super::signature::Signature;
use crate::diagnostics::{Error, Errors, Result, err};

/// The arguments of one attribute: each key is known and unique.
pub(crate) struct Arguments {
    list: Vec<Argument>,
    keys: Vec<Ident>,
}

/// An argument as written.
pub(crate) struct Argument {
    /// The word before `=` or `(`
    pub(crate) key: Ident,
    /// The rest of it
    pub(crate) form: Form,
}

/// The form of an argument, with its value.
pub(crate) enum Form {
    /// `key`
    Flag,
    /// `key = value`
    Value(TokenStream),
    /// `key(a, b)`
    List(TokenStream),
}

/// A value with the key that it was given by.
#[derive(Clone)]
pub(crate) struct Given<T> {
    /// The word before `=` or `(`: errors and checks of the compiler point at it
    pub(crate) key: Ident,
    /// The value
    pub(crate) value: T,
}

impl Arguments {
    /// Reads the tokens in the parentheses of an attribute.
    pub(crate) fn read(tokens: TokenStream, signature: &Signature, errors: &mut Errors) -> Self {
        let mut found: Vec<Argument> = Vec::new();
        let mut keys = Vec::new();
        for argument in list(tokens, errors, argument) {
            keys.push(argument.key.clone());
            match signature.check(&argument.key, &found) {
                Ok(()) => found.push(argument),
                Err(rejected) => errors.extend(rejected),
            }
        }
        Self { list: found, keys }
    }

    /// Returns the keys as written, for the editor.
    pub(crate) fn keys(&self) -> &[Ident] {
        &self.keys
    }

    fn has(&self, key: &str) -> bool {
        self.list.iter().any(|argument| argument.key == key)
    }

    /// Takes an argument out, and reads its value.
    pub(crate) fn take<T>(
        &mut self,
        key: &str,
        errors: &mut Errors,
        read: impl FnOnce(&Argument, &mut Errors) -> Result<T>,
    ) -> Option<Given<T>> {
        let index = self.list.iter().position(|argument| argument.key == key)?;
        let argument = self.list.remove(index);
        let value = read(&argument, errors);
        errors.handle(value).map(|value| Given { key: argument.key, value })
    }

    /// Takes all arguments with a key that may be repeated.
    pub(crate) fn take_all<T>(
        &mut self,
        key: &str,
        errors: &mut Errors,
        mut read: impl FnMut(&Argument, &mut Errors) -> Result<T>,
    ) -> Vec<Given<T>> {
        let mut all = Vec::new();
        while self.has(key) {
            all.extend(self.take(key, errors, &mut read));
        }
        all
    }
}

fn argument(input: ParseStream<'_>) -> Result<Argument> {
    if !input.peek(Ident::peek_any) {
        return Err(err!(input.span(), "expected the name of an argument"));
    }
    let key = input.call(Ident::parse_any)?;
    if input.peek(token::Paren) {
        let (_, content) = parenthesized(input)?;
        return Ok(Argument { key, form: Form::List(content.parse()?) });
    }
    if !input.peek(Token![=]) {
        return Ok(Argument { key, form: Form::Flag });
    }
    input.parse::<Token![=]>()?;
    Ok(Argument { key, form: Form::Value(value(input)?) })
}

/// Reads an expression, or all tokens before the next comma: the reader of the argument reports the mistake in them.
fn value(input: ParseStream<'_>) -> Result<TokenStream> {
    let ahead = input.fork();
    // A name after an expression is the next argument: only the comma is missing.
    let ends =
        |ahead: ParseStream<'_>| ahead.is_empty() || ahead.peek(Token![,]) || ahead.peek(Ident::peek_any);
    let whole = ahead.parse::<Expr>().is_ok() && ends(&ahead);
    Ok(if whole { input.parse::<Expr>()?.into_token_stream() } else { until_comma(input) })
}

impl Argument {
    /// Returns the error for a value of another form: "write `serializer = Type`".
    pub(crate) fn malformed(&self, form: &str) -> Error {
        err!(self.key, "malformed argument `{}`\nhelp: write `{form}`", self.key)
    }

    /// Returns the list of `key(a, b)`.
    pub(crate) fn items(&self, form: &str) -> Result<TokenStream> {
        match &self.form {
            Form::List(tokens) => Ok(tokens.clone()),
            _ => Err(self.malformed(form)),
        }
    }

    /// Returns the value of `key = value`.
    pub(crate) fn value(&self, form: &str) -> Result<TokenStream> {
        match &self.form {
            Form::Value(tokens) if !tokens.is_empty() => Ok(tokens.clone()),
            _ => Err(self.malformed(form)),
        }
    }
}

impl<T> Given<T> {
    /// Returns the value without the key.
    pub(crate) fn into_value(self) -> T {
        self.value
    }

    /// Returns the place of the key.
    pub(crate) fn span(&self) -> Span {
        self.key.span()
    }
}
