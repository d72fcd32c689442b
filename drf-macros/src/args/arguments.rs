use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, Token, token};

use super::list::{list, parenthesized, until_comma};
use super::unraw;
use crate::diagnostics::{Error, Errors, Result, err, way_out};

/// The arguments of one attribute: keys known, each given once.
pub(crate) struct Arguments {
    list: Vec<Argument>,
    keys: Vec<Ident>,
}

/// An argument as written.
pub(crate) struct Argument {
    /// The word before `=` or `(`
    pub(crate) key: Ident,
    /// What follows it
    pub(crate) written: Written,
}

/// What follows the key of an argument.
pub(crate) enum Written {
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
    /// The word before `=` or `(`: errors and checks of the compiler are shown there
    pub(crate) key: Ident,
    /// The value
    pub(crate) value: T,
}

/// The attribute whose arguments are read.
pub(crate) struct Owner {
    /// As in errors: `#[model_viewset]`
    pub(crate) name: &'static str,
    /// Every argument it has
    pub(crate) known: &'static [&'static str],
    /// Those that may be given several times
    pub(crate) repeatable: &'static [&'static str],
    /// Words that it does not have but that somebody will try, with what to write instead
    pub(crate) hints: &'static [(&'static str, &'static str)],
}

impl Arguments {
    /// Reads what stands in the parentheses of an attribute.
    pub(crate) fn read(tokens: TokenStream, owner: &Owner, errors: &mut Errors) -> Self {
        let mut found: Vec<Argument> = Vec::new();
        let mut keys = Vec::new();
        for argument in list(tokens, errors, argument) {
            keys.push(argument.key.clone());
            match owner.check(&argument.key, &found) {
                Ok(()) => found.push(argument),
                Err(refused) => errors.extend(refused),
            }
        }
        Self { list: found, keys }
    }

    /// The keys as written, for the editor.
    pub(crate) fn keys(&self) -> &[Ident] {
        &self.keys
    }

    /// Whether the argument is there.
    pub(crate) fn has(&self, key: &str) -> bool {
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

    /// Takes an argument out, whose error is for the caller to report.
    pub(crate) fn take_result<T>(
        &mut self,
        key: &str,
        errors: &mut Errors,
        read: impl FnOnce(&Argument, &mut Errors) -> Result<T>,
    ) -> Option<Result<T>> {
        let index = self.list.iter().position(|argument| argument.key == key)?;
        Some(read(&self.list.remove(index), errors))
    }

    /// Takes an argument that must be there. What is wrong with it is for the caller to report.
    pub(crate) fn require<T>(
        &mut self,
        key: &str,
        errors: &mut Errors,
        read: impl FnOnce(&Argument, &mut Errors) -> Result<T>,
        missing: impl FnOnce() -> Error,
    ) -> Result<T> {
        let index = self.list.iter().position(|argument| argument.key == key).ok_or_else(missing)?;
        read(&self.list.remove(index), errors)
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

impl Owner {
    /// Refuses unknown keys and a second argument with the same key.
    fn check(&self, key: &Ident, found: &[Argument]) -> Result<(), Vec<Error>> {
        let word = unraw(key);
        if !self.known.contains(&word.as_str()) {
            let way_out = self.way_out(&word);
            return Err(vec![err!(key, "unknown argument `{word}` for `{}`\n{way_out}", self.name)]);
        }
        let first = found.iter().find(|first| first.key == *key).map(|first| &first.key);
        match first.filter(|_| !self.repeatable.contains(&word.as_str())) {
            None => Ok(()),
            Some(first) => Err(duplicate(first, key)),
        }
    }

    fn way_out(&self, word: &str) -> String {
        match self.hints.iter().find(|(other, _)| *other == word) {
            Some((_, hint)) => format!("help: {hint}"),
            None => way_out(word, self.known),
        }
    }
}

/// One error at the second, and one that shows the first.
fn duplicate(first: &Ident, second: &Ident) -> Vec<Error> {
    vec![
        err!(second, "duplicate argument `{second}`\nhelp: remove one of the two"),
        err!(first, "`{first}` was given here first"),
    ]
}

type KeyAndValue = (Ident, Written);

fn argument(input: ParseStream<'_>) -> Result<Argument> {
    let (key, written) = key_and_value(input)?;
    Ok(Argument { key, written })
}

fn key_and_value(input: ParseStream<'_>) -> Result<KeyAndValue> {
    if !input.peek(Ident::peek_any) {
        return Err(err!(input.span(), "expected the name of an argument"));
    }
    let key = input.call(Ident::parse_any)?;
    if input.peek(token::Paren) {
        let (_, content) = parenthesized(input)?;
        return Ok((key, Written::List(content.parse()?)));
    }
    if !input.peek(Token![=]) {
        return Ok((key, Written::Flag));
    }
    input.parse::<Token![=]>()?;
    Ok((key, Written::Value(value(input)?)))
}

/// An expression, or whatever stands before the next comma: the reader of the argument says what is wrong with it.
fn value(input: ParseStream<'_>) -> Result<TokenStream> {
    let ahead = input.fork();
    // A name behind an expression is the next argument: what is missing is the comma.
    let ends =
        |ahead: ParseStream<'_>| ahead.is_empty() || ahead.peek(Token![,]) || ahead.peek(Ident::peek_any);
    let whole = ahead.parse::<Expr>().is_ok() && ends(&ahead);
    Ok(if whole { input.parse::<Expr>()?.into_token_stream() } else { until_comma(input) })
}

impl Argument {
    /// The error for a value of another form: `write `serializer = Type``.
    pub(crate) fn malformed(&self, form: &str) -> Error {
        err!(self.key, "malformed argument `{}`\nhelp: write `{form}`", self.key)
    }

    /// The list of `key(a, b)`.
    pub(crate) fn items(&self, form: &str) -> Result<TokenStream> {
        match &self.written {
            Written::List(tokens) => Ok(tokens.clone()),
            _ => Err(self.malformed(form)),
        }
    }

    /// The value of `key = value`.
    pub(crate) fn value(&self, form: &str) -> Result<TokenStream> {
        match &self.written {
            Written::Value(tokens) if !tokens.is_empty() => Ok(tokens.clone()),
            _ => Err(self.malformed(form)),
        }
    }
}

impl<T> Given<T> {
    /// Where the key stands.
    pub(crate) fn span(&self) -> Span {
        self.key.span()
    }
}
