use proc_macro2::{Ident, TokenStream};
use syn::{Expr, ItemFn, ItemStruct, LitStr, Path};

use super::{Policies, checks};
use crate::args::{ApiViewArgs, POLICIES, PlainViewSetArgs, PolicyArgs, doc_comment, take_attributes};
use crate::diagnostics::Errors;

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
    /// Whether it cannot be called. A call would only add errors of the compiler
    pub(crate) broken: bool,
    pub(crate) function: ItemFn,
    pub(crate) docs: String,
    pub(crate) methods: Vec<Ident>,
    pub(crate) parsers: Option<Vec<Expr>>,
    pub(crate) renderers: Option<Vec<Expr>>,
    pub(crate) policies: Policies,
    pub(crate) attributes: Vec<Path>,
}

impl PlainViewSetSpec {
    /// Takes the attributes of policies out of the item.
    pub(crate) fn new(arguments: TokenStream, item: &mut ItemStruct, errors: &mut Errors) -> Self {
        let args = PlainViewSetArgs::read(arguments, errors);
        let policies = PolicyArgs::from_attributes(take_attributes(&mut item.attrs, POLICIES), errors);
        Self {
            ident: item.ident.clone(),
            docs: doc_comment(&item.attrs),
            lookup_url_kwarg: args.lookup_url_kwarg.map(|given| given.value),
            lookup_value_regex: args.lookup_value_regex.map(|given| given.value),
            policies: Policies::new(&policies, None),
            attributes: policies.paths,
            parsers: args.parsers.map(|given| given.value),
            renderers: args.renderers.map(|given| given.value),
            exception_handler: args.exception_handler.map(|given| given.value),
            keys: args.keys,
        }
    }
}

impl ApiViewSpec {
    /// Takes the attributes of policies off the function.
    pub(crate) fn new(arguments: TokenStream, mut function: ItemFn, errors: &mut Errors) -> Self {
        let ApiViewArgs { mut methods, parsers, renderers } = ApiViewArgs::read(arguments, errors);
        if methods.is_empty() {
            methods.push(Ident::new("GET", function.sig.ident.span()));
        }
        let mut problems = Errors::default();
        checks::view::function(&function.sig, &mut problems);
        let problems = problems.into_inner();
        let broken = !problems.is_empty();
        errors.extend(problems);
        let policies = PolicyArgs::from_attributes(take_attributes(&mut function.attrs, POLICIES), errors);
        Self {
            broken,
            docs: doc_comment(&function.attrs),
            methods,
            parsers,
            renderers,
            policies: Policies::new(&policies, None),
            attributes: policies.paths,
            function,
        }
    }
}
