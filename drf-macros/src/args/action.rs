use proc_macro2::{Ident, Span};
use syn::{Expr, LitStr, Type};

use super::arguments::Given;
use super::regex::regex;
use super::signature::{PolicyPlace, arguments};
use super::values::{exprs, flag, text, ty};
use super::{Pagination, PolicyArgs, methods, pagination};

arguments! {
    /// The arguments of `#[action(..)]`.
    ActionArgs of "#[action]" {
        detail: () = flag,
        list: () = flag,
        methods: Vec<Ident> = methods,
        url_path: LitStr = regex,
        url_name: LitStr = text,
        serializer: Type = ty,
        pagination: Pagination = pagination,
        filter_backends: Vec<Expr> = exprs,
        parsers: Vec<Expr> = exprs,
        renderers: Vec<Expr> = exprs,
    }
    policies { PolicyPlace::Arguments }
    also { policies: PolicyArgs = PolicyArgs::take }
}

impl ActionArgs {
    /// Returns the arguments of a standard action that the user writes.
    pub(crate) fn standard(detail: bool, span: Span) -> Self {
        let flag = |name: &str| Given { key: Ident::new(name, span), value: () };
        Self {
            detail: detail.then(|| flag("detail")),
            list: (!detail).then(|| flag("list")),
            url_path: Some(Given { key: Ident::new("url_path", span), value: LitStr::new("", span) }),
            ..Self::default()
        }
    }

    /// Tells whether they are those of a standard action.
    pub(crate) fn is_standard(&self) -> bool {
        self.url_path.as_ref().is_some_and(|given| given.value.value().is_empty())
    }
}
