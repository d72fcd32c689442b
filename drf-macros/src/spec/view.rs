use proc_macro2::{Ident, TokenStream};
use syn::{Expr, ItemFn, ItemStruct, LitStr, Path};

use super::{Policies, checks};
use crate::args::{
    ApiViewArgs, ArgumentsOf, Given, PlainViewSetArgs, PolicyArgs, doc_comment, take_attributes,
};
use crate::diagnostics::Errors;
use crate::policies;

/// A viewset whose actions are all the user's.
pub(crate) struct PlainViewSetSpec {
    pub(crate) ident: Ident,
    pub(crate) docs: String,
    pub(crate) lookup_url_kwarg: Option<LitStr>,
    pub(crate) lookup_value_regex: Option<LitStr>,
    pub(crate) policies: Policies,
    pub(crate) parsers: Option<Vec<Expr>>,
    pub(crate) renderers: Option<Vec<Expr>>,
    pub(crate) exception_handler: Option<Path>,
    pub(crate) keys: Vec<Ident>,
    pub(crate) attributes: Vec<Path>,
}

/// A view that is a function.
pub(crate) struct ApiViewSpec {
    /// It cannot be called: a call would only add errors of the compiler
    pub(crate) broken: bool,
    pub(crate) function: ItemFn,
    pub(crate) docs: String,
    pub(crate) methods: Vec<Ident>,
    pub(crate) parsers: Option<Vec<Expr>>,
    pub(crate) renderers: Option<Vec<Expr>>,
    pub(crate) policies: Policies,
    pub(crate) keys: Vec<Ident>,
    pub(crate) attributes: Vec<Path>,
}

impl PlainViewSetSpec {
    /// Takes the attributes of policies out of the item.
    pub(crate) fn new(arguments: TokenStream, item: &mut ItemStruct, errors: &mut Errors) -> Self {
        let args = PlainViewSetArgs::read(arguments, errors);
        let policies = PolicyArgs::from_attributes(take_attributes(&mut item.attrs, policies::NAMES), errors);
        Self {
            ident: item.ident.clone(),
            docs: doc_comment(&item.attrs),
            lookup_url_kwarg: args.lookup_url_kwarg.map(Given::into_value),
            lookup_value_regex: args.lookup_value_regex.map(Given::into_value),
            policies: Policies::new(&policies, None),
            attributes: policies.paths,
            parsers: args.parsers.map(Given::into_value),
            renderers: args.renderers.map(Given::into_value),
            exception_handler: args.exception_handler.map(Given::into_value),
            keys: args.keys,
        }
    }
}

impl ApiViewSpec {
    /// Takes the attributes of policies off the function.
    pub(crate) fn new(arguments: TokenStream, mut function: ItemFn, errors: &mut Errors) -> Self {
        let ApiViewArgs { mut methods, options } = ApiViewArgs::read(arguments, errors);
        // As in DRF, a view without methods takes `GET`.
        if methods.is_empty() {
            methods.push(Ident::new("GET", function.sig.ident.span()));
        }
        let mut problems = Errors::default();
        checks::view::function(&function.sig, &mut problems);
        let problems = problems.into_inner();
        let broken = !problems.is_empty();
        errors.extend(problems);
        let policies =
            PolicyArgs::from_attributes(take_attributes(&mut function.attrs, policies::NAMES), errors);
        Self {
            broken,
            docs: doc_comment(&function.attrs),
            methods,
            keys: options.keys,
            parsers: options.parsers.map(Given::into_value),
            renderers: options.renderers.map(Given::into_value),
            policies: Policies::new(&policies, None),
            attributes: policies.paths,
            function,
        }
    }
}
