use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Token};

use super::check_rate;
use super::list::list;
use super::values::class;
use crate::diagnostics::{Errors, Result, bail, err, way_out};

/// How often: a class, or a scope and a rate.
#[derive(Clone)]
pub(crate) enum Throttle {
    /// `AnonRateThrottle`
    Class(Box<Expr>),
    /// `scope = "anon"`: the rate is in the settings
    Scope(LitStr),
    /// `rate = "60/min"`
    Rate(LitStr),
    /// `rate = "60/min", scope = "burst"`
    ScopedRate(LitStr, LitStr),
}

enum Item {
    Class(Expr),
    Text(Ident, LitStr),
}

/// What stands in `#[throttle(..)]`.
pub(crate) fn throttles(tokens: TokenStream, errors: &mut Errors) -> Vec<Throttle> {
    let mut all = Vec::new();
    let (mut scope, mut rate) = (None, None);
    for item in list(tokens, errors, item) {
        match item {
            Item::Class(class) => all.push(Throttle::Class(Box::new(class))),
            Item::Text(key, text) if key == "scope" => set(&mut scope, &key, text, errors),
            Item::Text(key, text) => set(&mut rate, &key, text, errors),
        }
    }
    all.extend(match (scope, rate) {
        (None, None) => None,
        (Some(scope), None) => Some(Throttle::Scope(scope)),
        (None, Some(rate)) => Some(Throttle::Rate(rate)),
        (Some(scope), Some(rate)) => Some(Throttle::ScopedRate(scope, rate)),
    });
    all
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
            bail!(text, "expected a class, or what the text is\nhelp: write `{key} = \"{}\"`", text.value());
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
            bail!(key, "unknown argument `{other}` for `#[throttle]`\n{}", way_out(other, &["rate", "scope"]))
        }
    }
}
