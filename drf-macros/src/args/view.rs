use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, token};

use super::list::{list, until_comma};
use super::methods::method;
use super::regex::regex;
use super::signature::{ArgumentsOf, PolicyPlace, arguments};
use super::values::{exprs, identifier, path};
use crate::diagnostics::{Errors, Result, err};

arguments! {
    /// The arguments of `#[viewset(..)]`.
    PlainViewSetArgs of "#[viewset]" {
        lookup_url_kwarg: LitStr = identifier,
        lookup_value_regex: LitStr = regex,
        parsers: Vec<Expr> = exprs,
        renderers: Vec<Expr> = exprs,
        exception_handler: Path = path,
    }
    policies { PolicyPlace::Attributes("struct") }
    hints {
        "serializer" => "a `#[viewset]` writes its own actions; one with a serializer is a `#[model_viewset]`",
    }
}

arguments! {
    /// The arguments of `#[api_view(..)]` after its methods.
    ApiViewOptions of "#[api_view]" {
        parsers: Vec<Expr> = exprs,
        renderers: Vec<Expr> = exprs,
    }
    policies { PolicyPlace::Attributes("function") }
    hints {
        "methods" => "write the methods alone: `#[api_view(GET, POST)]`",
    }
}

/// The arguments of `#[api_view(GET, POST, parsers(JSONParser))]`.
pub(crate) struct ApiViewArgs {
    pub(crate) methods: Vec<Ident>,
    pub(crate) options: ApiViewOptions,
}

impl ApiViewArgs {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let (mut methods, mut arguments) = (Vec::new(), TokenStream::new());
        for item in list(tokens, errors, api_view_item) {
            match item {
                ApiViewItem::Method(method) => methods.push(method),
                ApiViewItem::Argument(argument) => arguments.extend(quote!(#argument,)),
            }
        }
        Self { options: ApiViewOptions::read(arguments, errors), methods: each_once(methods, errors) }
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
