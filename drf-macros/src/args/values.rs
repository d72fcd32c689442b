//! Readers of the values of arguments.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::parse::ParseStream;
use syn::{Expr, ExprLit, ExprUnary, Lit, LitBool, LitInt, LitStr, Path, Type, UnOp};

use super::arguments::{Argument, Form};
use super::list::list;
use crate::diagnostics::{Errors, Result, bail, err};

/// Returns a reader whose error is a value, which the caller puts in the place of the missing one.
pub(crate) fn fallible<T>(
    read: fn(&Argument, &mut Errors) -> Result<T>,
) -> impl FnOnce(&Argument, &mut Errors) -> Result<Result<T>> {
    move |argument, errors| Ok(read(argument, errors))
}

/// `read_only`
pub(crate) fn flag(argument: &Argument, _: &mut Errors) -> Result<()> {
    match argument.form {
        Form::Flag => Ok(()),
        _ => bail!(argument.key, "`{0}` takes no value\nhelp: write `{0}` alone", argument.key),
    }
}

/// `required`, `required = false`
pub(crate) fn boolean(argument: &Argument, _: &mut Errors) -> Result<LitBool> {
    let form = format!("{0}` or `{0} = false", argument.key);
    match &argument.form {
        Form::Flag => Ok(LitBool::new(true, argument.key.span())),
        Form::Value(value) => syn::parse2(value.clone()).map_err(|_| argument.malformed(&form)),
        Form::List(_) => Err(argument.malformed(&form)),
    }
}

/// `perform_create = set_owner`
pub(crate) fn path(argument: &Argument, _: &mut Errors) -> Result<Path> {
    let value = argument.value(&format!("{} = some_function", argument.key))?;
    if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
        bail!(text, "expected a path, not a string\nhelp: write `{} = {}`", argument.key, text.value());
    }
    syn::parse2(value).map_err(|_| err!(argument.key, "`{}` is not a complete path", argument.key))
}

/// `serializer = PublisherSerializer`
pub(crate) fn ty(argument: &Argument, _: &mut Errors) -> Result<Type> {
    let value = argument.value(&format!("{} = SomeType", argument.key))?;
    if let Ok(text) = syn::parse2::<LitStr>(value.clone()) {
        bail!(text, "expected a type, not a string\nhelp: write `{} = {}`", argument.key, text.value());
    }
    syn::parse2(value).map_err(|_| err!(argument.key, "`{}` is not a complete type", argument.key))
}

/// `label = "Price"`
pub(crate) fn text(argument: &Argument, _: &mut Errors) -> Result<LitStr> {
    let form = format!("{} = \"..\"", argument.key);
    let value = argument.value(&form)?;
    syn::parse2(value.clone()).map_err(|_| err!(value, "expected a string literal\nhelp: write `{form}`"))
}

/// `lookup_url_kwarg = "isbn"`
pub(crate) fn identifier(argument: &Argument, errors: &mut Errors) -> Result<LitStr> {
    let name = text(argument, errors)?;
    match syn::parse_str::<Ident>(&name.value()) {
        Ok(_) => Ok(name),
        Err(_) => bail!(name, "`{}` must be a name: letters, digits and `_`", argument.key),
    }
}

/// `max_length = 20`
pub(crate) fn length(argument: &Argument, _: &mut Errors) -> Result<LitInt> {
    whole(argument, 10)
}

/// `depth = 1`
pub(crate) fn depth(argument: &Argument, _: &mut Errors) -> Result<LitInt> {
    whole(argument, 1)
}

fn whole(argument: &Argument, example: usize) -> Result<LitInt> {
    let form = format!("{} = {example}", argument.key);
    let value = argument.value(&form)?;
    let wrong = || err!(value, "`{}` must be a whole number, 0 or more\nhelp: write `{form}`", argument.key);
    let number: LitInt = syn::parse2(value.clone()).map_err(|_| wrong())?;
    number.base10_parse::<usize>().map_err(|_| wrong())?;
    Ok(number)
}

/// A limit: `min_value = -5`, `max_value = 9.5`.
#[derive(Clone)]
pub(crate) struct Number {
    /// The number as an expression of the type `i64` or `f64`
    pub(crate) tokens: TokenStream,
    /// The number, to compare it
    pub(crate) value: f64,
}

/// `min_value = -5`
pub(crate) fn number(argument: &Argument, _: &mut Errors) -> Result<Number> {
    let form = format!("{} = 10", argument.key);
    let value = argument.value(&form)?;
    let expr = syn::parse2::<Expr>(value.clone()).ok();
    let parsed = expr.as_ref().and_then(|expr| signed(expr).or_else(|| call(expr)));
    parsed.ok_or_else(|| err!(value, "`{}` must be a number\nhelp: write `{form}`", argument.key))
}

/// Reads a limit that is a call: `TimeDelta::minutes(1)`. Its value is unknown here.
fn call(expr: &Expr) -> Option<Number> {
    matches!(expr, Expr::Call(_)).then(|| Number { tokens: quote!(#expr), value: f64::NAN })
}

fn signed(expr: &Expr) -> Option<Number> {
    match expr {
        Expr::Unary(ExprUnary { op: UnOp::Neg(minus), expr, .. }) => {
            let Number { tokens, value } = signed(expr)?;
            Some(Number { tokens: quote!(#minus #tokens), value: -value })
        }
        Expr::Lit(ExprLit { lit, .. }) => unsigned(lit),
        _ => None,
    }
}

/// Reads a literal. It gets a type, since the compiler takes a number without one for an `i32`.
fn unsigned(lit: &Lit) -> Option<Number> {
    match lit {
        Lit::Int(int) => {
            let value = int.base10_parse::<i64>().ok()?;
            let typed = LitInt::new(&format!("{value}i64"), int.span());
            Some(Number { tokens: quote!(#typed), value: value as f64 })
        }
        Lit::Float(float) => {
            let value = float.base10_parse::<f64>().ok()?;
            let typed = syn::LitFloat::new(&format!("{}f64", float.base10_digits()), float.span());
            Some(Number { tokens: quote!(#typed), value })
        }
        _ => None,
    }
}

/// `default = 0`
pub(crate) fn expr(argument: &Argument, _: &mut Errors) -> Result<Expr> {
    let value = argument.value(&format!("{} = some_expression", argument.key))?;
    syn::parse2(value).map_err(|_| err!(argument.key, "`{}` is not a complete expression", argument.key))
}

/// `filter_backends(OwnerOnly, Active)`
pub(crate) fn exprs(argument: &Argument, errors: &mut Errors) -> Result<Vec<Expr>> {
    let items = argument.items(&format!("{}(..)", argument.key))?;
    Ok(list(items, errors, class))
}

/// Reads a class as a value: a path, or a call that makes it.
pub(crate) fn class(input: ParseStream<'_>) -> Result<Expr> {
    let expr: Expr = input.parse()?;
    match &expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
            bail!(text, "expected a class, not a string\nhelp: write `{}` without quotes", text.value())
        }
        Expr::Lit(lit) => bail!(lit, "expected a class"),
        _ => Ok(expr),
    }
}

/// Reads the classes of an attribute: `TokenAuthentication, SessionAuthentication`.
pub(crate) fn classes(tokens: TokenStream, errors: &mut Errors) -> Vec<Expr> {
    list(tokens, errors, class)
}
