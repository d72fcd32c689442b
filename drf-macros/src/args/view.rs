use proc_macro2::{Ident, TokenStream};
use syn::{Expr, LitStr, Path};

use super::arguments::{Arguments, Given, Owner};
use super::field::regex;
use super::list::list;
use super::methods::method;
use super::values::{exprs, path, text};
use crate::diagnostics::{Errors, err};

/// The arguments of `#[viewset(..)]`.
pub(crate) struct PlainViewSetArgs {
    pub(crate) keys: Vec<Ident>,
    pub(crate) lookup_url_kwarg: Option<Given<LitStr>>,
    pub(crate) lookup_value_regex: Option<Given<LitStr>>,
    pub(crate) parsers: Option<Given<Vec<Expr>>>,
    pub(crate) renderers: Option<Given<Vec<Expr>>>,
    pub(crate) exception_handler: Option<Given<Path>>,
}

const VIEW_SET: Owner = Owner {
    name: "#[viewset]",
    known: &["lookup_url_kwarg", "lookup_value_regex", "parsers", "renderers", "exception_handler"],
    repeatable: &[],
    hints: &[
        (
            "serializer",
            "a `#[viewset]` writes its own actions; one with a serializer is a `#[model_viewset]`",
        ),
        ("permission", "write `#[permission(..)]` between this attribute and the struct"),
        ("authentication", "write `#[authentication(..)]` between this attribute and the struct"),
        ("throttle", "write `#[throttle(..)]` between this attribute and the struct"),
    ],
};

impl PlainViewSetArgs {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let mut all = Arguments::read(tokens, &VIEW_SET, errors);
        Self {
            keys: all.keys().to_vec(),
            lookup_url_kwarg: all.take("lookup_url_kwarg", errors, text),
            lookup_value_regex: all.take("lookup_value_regex", errors, regex),
            parsers: all.take("parsers", errors, exprs),
            renderers: all.take("renderers", errors, exprs),
            exception_handler: all.take("exception_handler", errors, path),
        }
    }
}

/// The methods of `#[api_view(GET, POST)]`: `GET` if none is named.
pub(crate) fn api_view_methods(tokens: TokenStream, errors: &mut Errors) -> Vec<Ident> {
    let methods: Vec<Ident> = list(tokens, errors, method);
    for (index, second) in methods.iter().enumerate() {
        if methods[..index].contains(second) {
            errors.push(err!(second, "duplicate method `{second}` in `#[api_view]`"));
        }
    }
    methods
}
