use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, token};

use super::arguments::{Arguments, Given, Owner};
use super::field::regex;
use super::list::{list, until_comma};
use super::methods::method;
use super::values::{exprs, identifier, path};
use crate::diagnostics::{Errors, Result, err};

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
            lookup_url_kwarg: all.take("lookup_url_kwarg", errors, identifier),
            lookup_value_regex: all.take("lookup_value_regex", errors, regex),
            parsers: all.take("parsers", errors, exprs),
            renderers: all.take("renderers", errors, exprs),
            exception_handler: all.take("exception_handler", errors, path),
        }
    }
}

/// The arguments of `#[api_view(GET, POST, parsers(JSONParser))]`.
pub(crate) struct ApiViewArgs {
    /// `GET` if none is named
    pub(crate) methods: Vec<Ident>,
    pub(crate) parsers: Option<Vec<Expr>>,
    pub(crate) renderers: Option<Vec<Expr>>,
}

const API_VIEW: Owner = Owner {
    name: "#[api_view]",
    known: &["parsers", "renderers"],
    repeatable: &[],
    hints: &[
        ("methods", "write the methods alone: `#[api_view(GET, POST)]`"),
        ("permission", "write `#[permission(..)]` between this attribute and the function"),
        ("authentication", "write `#[authentication(..)]` between this attribute and the function"),
        ("throttle", "write `#[throttle(..)]` between this attribute and the function"),
    ],
};

impl ApiViewArgs {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let (mut methods, mut arguments) = (Vec::new(), TokenStream::new());
        for item in list(tokens, errors, api_view_item) {
            match item {
                ApiViewItem::Method(method) => methods.push(method),
                ApiViewItem::Argument(argument) => arguments.extend(quote!(#argument,)),
            }
        }
        let mut all = Arguments::read(arguments, &API_VIEW, errors);
        Self {
            methods: each_once(methods, errors),
            parsers: all.take("parsers", errors, exprs).map(|given| given.value),
            renderers: all.take("renderers", errors, exprs).map(|given| given.value),
        }
    }
}

/// `#[api_view(GET, GET)]`
fn each_once(methods: Vec<Ident>, errors: &mut Errors) -> Vec<Ident> {
    let mut all = Vec::new();
    for method in methods {
        match all.contains(&method) {
            true => errors.push(err!(
                method,
                "duplicate method `{method}` in `#[api_view]`\nhelp: remove one of the two"
            )),
            false => all.push(method),
        }
    }
    all
}

enum ApiViewItem {
    Method(Ident),
    /// `parsers(JSONParser)`
    Argument(TokenStream),
}

fn api_view_item(input: ParseStream<'_>) -> Result<ApiViewItem> {
    let ahead = input.fork();
    let has_value =
        ahead.call(Ident::parse_any).is_ok() && (ahead.peek(token::Paren) || ahead.peek(Token![=]));
    match has_value {
        true => Ok(ApiViewItem::Argument(until_comma(input))),
        false => method(input).map(ApiViewItem::Method),
    }
}
