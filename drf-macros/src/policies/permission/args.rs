use proc_macro2::{Ident, TokenStream};
use syn::spanned::Spanned;
use syn::{BinOp, Expr, UnOp};

use super::Class;
use crate::args::{class, list};
use crate::diagnostics::{Errors, Result, bail};

/// Reads `IsAuthenticated, IsAdminUser | ReadOnly`.
pub(crate) fn read(key: &Ident, tokens: TokenStream, errors: &mut Errors) -> Result<Vec<Class>> {
    // `#[permission()]` would let every user in by an omission.
    if tokens.is_empty() {
        bail!(key, "`permission` is empty\nhelp: write `permission(AllowAny)` to allow every request");
    }
    Ok(list(tokens, errors, |input| permission(class(input)?)))
}

fn permission(expr: Expr) -> Result<Class> {
    match expr {
        Expr::Paren(paren) => permission(*paren.expr),
        Expr::Group(group) => permission(*group.expr),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => {
            Ok(Class::Not(unary.op.span(), Box::new(permission(*unary.expr)?)))
        }
        Expr::Binary(binary) => match binary.op {
            BinOp::BitAnd(and) => Ok(Class::And(and.span(), pair(*binary.left, *binary.right)?)),
            BinOp::BitOr(or) => Ok(Class::Or(or.span(), pair(*binary.left, *binary.right)?)),
            BinOp::And(and) => bail!(and, "permissions are combined with `&`, `|` and `!`\nhelp: write `&`"),
            BinOp::Or(or) => bail!(or, "permissions are combined with `&`, `|` and `!`\nhelp: write `|`"),
            other => bail!(other, "permissions are combined with `&`, `|` and `!`"),
        },
        Expr::Path(_) | Expr::Call(_) | Expr::MethodCall(_) | Expr::Struct(_) | Expr::Macro(_) => {
            Ok(Class::One(Box::new(expr)))
        }
        other => bail!(other, "expected a permission class, such as `IsAuthenticated`"),
    }
}

fn pair(left: Expr, right: Expr) -> Result<Box<(Class, Class)>> {
    Ok(Box::new((permission(left)?, permission(right)?)))
}
