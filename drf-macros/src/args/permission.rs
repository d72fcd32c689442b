use proc_macro2::{Span, TokenStream};
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{BinOp, Expr, UnOp};

use super::list::list;
use super::values::class;
use crate::diagnostics::{Errors, Result, bail};

/// Permissions and how they are combined. The spans are those of the operators.
#[derive(Clone)]
pub(crate) enum Permission {
    /// `IsAdminUser`, `InGroup("editors")`
    Class(Box<Expr>),
    /// `A & B`
    And(Span, Box<(Permission, Permission)>),
    /// `A | B`
    Or(Span, Box<(Permission, Permission)>),
    /// `!A`
    Not(Span, Box<Permission>),
}

/// `IsAuthenticated, IsAdminUser | ReadOnly`
pub(crate) fn permissions(tokens: TokenStream, errors: &mut Errors) -> Vec<Permission> {
    list(tokens, errors, |input| permission(class(input)?))
}

impl Permission {
    /// The class or the operator.
    pub(crate) fn span(&self) -> Span {
        match self {
            Permission::Class(class) => class.span(),
            Permission::And(span, _) | Permission::Or(span, _) | Permission::Not(span, _) => *span,
        }
    }
}

fn permission(expr: Expr) -> Result<Permission> {
    match expr {
        Expr::Paren(paren) => permission(*paren.expr),
        Expr::Group(group) => permission(*group.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
            Ok(Permission::Not(unary.op.span(), Box::new(permission(*unary.expr)?)))
        }
        Expr::Binary(binary) => match binary.op {
            BinOp::BitAnd(and) => Ok(Permission::And(and.span(), pair(*binary.left, *binary.right)?)),
            BinOp::BitOr(or) => Ok(Permission::Or(or.span(), pair(*binary.left, *binary.right)?)),
            BinOp::And(and) => bail!(and, "permissions are combined with `&`, `|` and `!`\nhelp: write `&`"),
            BinOp::Or(or) => bail!(or, "permissions are combined with `&`, `|` and `!`\nhelp: write `|`"),
            other => bail!(other, "permissions are combined with `&`, `|` and `!`"),
        },
        Expr::Path(_) | Expr::Call(_) | Expr::MethodCall(_) | Expr::Struct(_) | Expr::Macro(_) => {
            Ok(Permission::Class(Box::new(expr)))
        }
        other => bail!(other, "expected a permission class, such as `IsAuthenticated`"),
    }
}

fn pair(left: Expr, right: Expr) -> Result<Box<(Permission, Permission)>> {
    Ok(Box::new((permission(left)?, permission(right)?)))
}

/// `#[permission()]` would let everybody in, which is worth two words.
pub(crate) fn at_least_one(list: Vec<Permission>, empty: bool, span: Span) -> Result<Vec<Permission>> {
    match empty {
        true => bail!(span, "`permission` is empty\nhelp: write `permission(AllowAny)` to let everybody in"),
        false => Ok(list),
    }
}

/// A class of a list, for other policies.
pub(crate) fn classes(tokens: TokenStream, errors: &mut Errors) -> Vec<Expr> {
    list(tokens, errors, |input: ParseStream<'_>| class(input))
}
