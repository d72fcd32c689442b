use proc_macro2::{Ident, Span, TokenStream};
use syn::{Expr, LitStr, Type};

use super::arguments::{Arguments, Given, Owner};
use super::field::regex;
use super::values::{exprs, flag, text, ty};
use super::{Pagination, PolicyArgs, methods, pagination};
use crate::diagnostics::Errors;

/// The arguments of `#[action(..)]`.
pub(crate) struct ActionArgs {
    pub(crate) keys: Vec<Ident>,
    pub(crate) detail: Option<Given<()>>,
    pub(crate) list: Option<Given<()>>,
    pub(crate) methods: Option<Given<Vec<Ident>>>,
    pub(crate) url_path: Option<Given<LitStr>>,
    pub(crate) url_name: Option<Given<LitStr>>,
    pub(crate) policies: PolicyArgs,
    pub(crate) serializer: Option<Given<Type>>,
    pub(crate) pagination: Option<Given<Pagination>>,
    pub(crate) filter_backends: Option<Given<Vec<Expr>>>,
    pub(crate) parsers: Option<Given<Vec<Expr>>>,
    pub(crate) renderers: Option<Given<Vec<Expr>>>,
}

const OWNER: Owner = Owner {
    name: "#[action]",
    known: &[
        "detail",
        "list",
        "methods",
        "url_path",
        "url_name",
        "authentication",
        "permission",
        "throttle",
        "serializer",
        "pagination",
        "filter_backends",
        "parsers",
        "renderers",
    ],
    repeatable: &["throttle"],
    hints: &[("permission_classes", "write `permission(..)`")],
};

impl ActionArgs {
    /// Those of a standard action that the user writes.
    pub(crate) fn standard(detail: bool, span: Span) -> Self {
        let place = |name: &str| Some(Given { key: Ident::new(name, span), value: () });
        Self {
            keys: Vec::new(),
            detail: if detail { place("detail") } else { None },
            list: if detail { None } else { place("list") },
            methods: None,
            url_path: Some(Given { key: Ident::new("url_path", span), value: LitStr::new("", span) }),
            url_name: None,
            policies: PolicyArgs::default(),
            serializer: None,
            pagination: None,
            filter_backends: None,
            parsers: None,
            renderers: None,
        }
    }

    /// Whether they are of a standard action.
    pub(crate) fn is_standard(&self) -> bool {
        self.url_path.as_ref().is_some_and(|given| given.value.value().is_empty())
    }

    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut all = Arguments::read(tokens, &OWNER, errors);
        Self {
            keys: all.keys().to_vec(),
            detail: all.take("detail", errors, flag),
            list: all.take("list", errors, flag),
            methods: all.take("methods", errors, methods),
            url_path: all.take("url_path", errors, regex),
            url_name: all.take("url_name", errors, text),
            policies: PolicyArgs::take(&mut all, errors),
            serializer: all.take("serializer", errors, ty),
            pagination: all.take("pagination", errors, pagination),
            filter_backends: all.take("filter_backends", errors, exprs),
            parsers: all.take("parsers", errors, exprs),
            renderers: all.take("renderers", errors, exprs),
        }
    }
}
