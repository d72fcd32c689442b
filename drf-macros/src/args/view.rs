use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, token};

use super::arguments::{Arguments, Given, Owner};
use super::field::regex;
use super::list::{list, parenthesized};
use super::methods::method;
use super::values::{class, exprs, path, text};
use crate::diagnostics::{Errors, Result, err, way_out};

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

/// The arguments of `#[api_view(GET, POST, parsers(JSONParser))]`.
#[derive(Default)]
pub(crate) struct ApiViewArgs {
    /// `GET` if none is named
    pub(crate) methods: Vec<Ident>,
    pub(crate) parsers: Option<Vec<Expr>>,
    pub(crate) renderers: Option<Vec<Expr>>,
}

impl ApiViewArgs {
    pub(crate) fn read(tokens: TokenStream, errors: &mut Errors) -> Self {
        let (mut args, mut nested) = (Self::default(), Errors::default());
        for item in list(tokens, errors, api_view_item) {
            match item {
                ApiViewItem::Method(second) if args.methods.contains(&second) => {
                    nested.push(err!(second, "duplicate method `{second}` in `#[api_view]`"));
                }
                ApiViewItem::Method(method) => args.methods.push(method),
                ApiViewItem::Parsers(tokens) => args.parsers = Some(list(tokens, &mut nested, class)),
                ApiViewItem::Renderers(tokens) => args.renderers = Some(list(tokens, &mut nested, class)),
            }
        }
        errors.extend(nested.into_inner());
        args
    }
}

enum ApiViewItem {
    Method(Ident),
    Parsers(TokenStream),
    Renderers(TokenStream),
}

fn api_view_item(input: ParseStream<'_>) -> Result<ApiViewItem> {
    let ahead = input.fork();
    let word = ahead.call(Ident::parse_any).ok().filter(|_| ahead.peek(token::Paren));
    let Some(word) = word else { return method(input).map(ApiViewItem::Method) };
    input.call(Ident::parse_any)?;
    let (_, content) = parenthesized(input)?;
    let tokens = content.parse()?;
    match word.to_string().as_str() {
        "parsers" => Ok(ApiViewItem::Parsers(tokens)),
        "renderers" => Ok(ApiViewItem::Renderers(tokens)),
        name => Err(err!(
            word,
            "unknown argument `{name}` for `#[api_view]`\n{}",
            way_out(name, &["parsers", "renderers"])
        )),
    }
}
