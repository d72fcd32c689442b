use syn::{Expr, ExprLit, ExprStruct, Ident, Lit, Member, Path};

use super::arguments::Argument;
use super::values::expr;
use crate::diagnostics::{Errors, Result, bail, err};

/// The pages of lists.
#[derive(Clone)]
pub(crate) enum Pagination {
    /// `pagination = none`
    None,
    /// `PageNumberPagination { page_size: 5 }`: the class and its options
    Options(Path, Vec<(Ident, Expr)>),
    /// Any other expression
    Value(Box<Expr>),
}

/// Options of which the first may not be larger than the second. `tests/page_sizes.txt` has the cases that this check and the runtime's
/// page sizes are tested with.
const LIMITS: &[(&str, &str)] = &[("page_size", "max_page_size"), ("default_limit", "max_limit")];

/// `pagination = PageNumberPagination { page_size: 5, max_page_size: 10 }`
pub(crate) fn pagination(argument: &Argument, errors: &mut Errors) -> Result<Pagination> {
    match expr(argument, errors)? {
        Expr::Path(path) if path.path.is_ident("none") => Ok(Pagination::None),
        Expr::Struct(literal) => options(literal, errors),
        Expr::Lit(literal) => {
            bail!(
                literal,
                "expected a pagination class\nhelp: write `pagination = PageNumberPagination {{ page_size: 10 }}`, or `pagination = none`"
            )
        }
        other => Ok(Pagination::Value(Box::new(other))),
    }
}

fn options(literal: ExprStruct, errors: &mut Errors) -> Result<Pagination> {
    if let Some(dots) = literal.dot2_token {
        errors.push(err!(dots, "options that are left out have their defaults\nhelp: remove `..`"));
    }
    let mut options: Vec<(Ident, Expr)> = Vec::new();
    for field in literal.fields {
        match field.member {
            Member::Named(name) if options.iter().any(|(first, _)| *first == name) => {
                errors.push(err!(name, "duplicate option `{name}`"));
            }
            Member::Named(name) => options.push((name, field.expr)),
            Member::Unnamed(index) => errors.push(err!(index, "expected the name of an option")),
        }
    }
    check_zero(&options, errors);
    check_limits(&options, errors);
    Ok(Pagination::Options(literal.path, options))
}

/// `PageNumberPagination { page_size: 0 }`
fn check_zero(options: &[(Ident, Expr)], errors: &mut Errors) {
    for (name, value) in options {
        if integer(value) == Some(0) {
            errors.push(err!(value, "`{name}` must be at least 1"));
        }
    }
}

/// `PageNumberPagination { page_size: 20, max_page_size: 10 }`
fn check_limits(options: &[(Ident, Expr)], errors: &mut Errors) {
    let find = |wanted: &str| options.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    for (size, limit) in LIMITS {
        let (Some(written), Some(most)) = (find(size), find(limit).and_then(integer)) else { continue };
        if integer(written).is_some_and(|written| written > most) {
            errors.push(err!(written, "`{size}` is larger than `{limit}`, which is {most}"));
        }
    }
}

fn integer(value: &Expr) -> Option<u64> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok(),
        _ => None,
    }
}
