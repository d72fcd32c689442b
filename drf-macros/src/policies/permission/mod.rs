//! `#[permission(IsAuthenticated, IsAdminUser | ReadOnly)]`

pub(crate) mod args;
pub(crate) mod codegen;

use proc_macro2::Span;
use syn::Expr;
use syn::spanned::Spanned;

/// A permission, or a combination of permissions with the place of its operator.
#[derive(Clone)]
pub(crate) enum Class {
    /// `IsAdminUser`, `InGroup("editors")`
    One(Box<Expr>),
    /// `A & B`
    And(Span, Box<(Class, Class)>),
    /// `A | B`
    Or(Span, Box<(Class, Class)>),
    /// `!A`
    Not(Span, Box<Class>),
}

impl Class {
    /// Returns the place of the class or of the operator.
    fn span(&self) -> Span {
        match self {
            Class::One(class) => class.span(),
            Class::And(span, _) | Class::Or(span, _) | Class::Not(span, _) => *span,
        }
    }
}
