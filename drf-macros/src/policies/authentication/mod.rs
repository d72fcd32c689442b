//! `#[authentication(TokenAuthentication)]`

pub(crate) mod args;
pub(crate) mod codegen;

use syn::Expr;

/// A class, as a value.
pub(crate) type Class = Expr;
