use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Token};

use super::Class;
use super::rate::check_rate;
use crate::args::{class, list};
use crate::diagnostics::{Errors, Result, bail, err, help};

/// The arguments that are no classes.
pub(crate) const ARGUMENTS: &[&str] = &["rate", "scope"];

enum Item {
    Class(Expr),
    Text(Ident, LitStr),
}

/// Reads `AnonRateThrottle, rate = "1000/day"`.
pub(crate) fn read(_: &Ident, tokens: TokenStream, errors: &mut Errors) -> Result<Vec<Class>> {
    let mut all = Vec::new();
    let (mut scope, mut rate) = (None, None);
    for item in list(tokens, errors, item) {
        match item {
            Item::Class(class) => all.push(Class::Value(Box::new(class))),
            Item::Text(key, text) if key == "scope" => set(&mut scope, &key, text, errors),
            Item::Text(key, text) => set(&mut rate, &key, text, errors),
        }
    }
    all.extend(match (scope, rate) {
        (None, None) => None,
        (Some(scope), None) => Some(Class::Scope(scope)),
        (None, Some(rate)) => Some(Class::Rate(rate)),
        (Some(scope), Some(rate)) => Some(Class::ScopedRate(scope, rate)),
    });
    Ok(all)
}

fn set(place: &mut Option<LitStr>, key: &Ident, text: LitStr, errors: &mut Errors) {
    match place {
        None => *place = Some(text),
        Some(_) => {
            errors.push(err!(key, "duplicate argument `{key}`\nhelp: write a second `#[throttle(..)]`"));
        }
    }
}

fn item(input: ParseStream<'_>) -> Result<Item> {
    if !(input.peek(Ident::peek_any) && input.peek2(Token![=])) {
        if let Ok(text) = input.fork().parse::<LitStr>() {
            let key = if text.value().contains('/') { "rate" } else { "scope" };
            bail!(text, "expected a class, not a string\nhelp: write `{key} = \"{}\"`", text.value());
        }
        return Ok(Item::Class(class(input)?));
    }
    let key = input.call(Ident::parse_any)?;
    let equals: Token![=] = input.parse()?;
    let Ok(text) = input.parse::<LitStr>() else {
        bail!(equals, "expected a string literal\nhelp: write `{key} = \"..\"`");
    };
    check(&key, &text)?;
    Ok(Item::Text(key, text))
}

fn check(key: &Ident, text: &LitStr) -> Result<()> {
    match key.to_string().as_str() {
        "rate" => check_rate(text),
        "scope" if text.value().is_empty() => {
            bail!(text, "a scope needs a name\nhelp: write one of the settings' `default_throttle_rates`")
        }
        "scope" => Ok(()),
        other => {
            bail!(key, "unknown argument `{other}` for `#[throttle]`\n{}", help(other, ARGUMENTS))
        }
    }
}
