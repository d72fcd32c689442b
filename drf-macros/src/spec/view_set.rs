use proc_macro2::{Ident, TokenStream};
use syn::{Expr, ItemStruct, LitStr, Path, Type};

use super::{Filters, Policies, Source, Verb, checks};
use crate::args::{ActionSerializer, Hooks, PolicyArgs, ViewSetArgs, doc_comment, take_attributes, unraw};
use crate::diagnostics::{Errors, Result};

/// A viewset.
pub(crate) struct ViewSetSpec {
    pub(crate) ident: Ident,
    pub(crate) docs: String,
    /// An error stands in the place of the type, whose uses are then no errors
    pub(crate) serializer: Result<Type>,
    pub(crate) serializers: Vec<ActionSerializer>,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) lookup_field: Option<Source>,
    pub(crate) lookup_url_kwarg: Option<LitStr>,
    pub(crate) lookup_value_regex: Option<LitStr>,
    /// What is deleted with a row
    pub(crate) cascade: Vec<Source>,
    pub(crate) filters: Filters,
    pub(crate) filter_backends: Vec<Expr>,
    pub(crate) policies: Policies,
    pub(crate) parsers: Option<Vec<Expr>>,
    pub(crate) renderers: Option<Vec<Expr>>,
    pub(crate) exception_handler: Option<Path>,
    pub(crate) hooks: Hooks,
    /// Whether `POST` takes a list too
    pub(crate) bulk_create: bool,
    /// Whether each request that writes is one transaction
    pub(crate) atomic: bool,
    pub(crate) keys: Vec<Ident>,
    /// The paths of `#[permission]` and the like, as the user wrote them
    pub(crate) attributes: Vec<Path>,
}

/// The two attributes that make viewsets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    Model,
    ReadOnly,
}

impl Variant {
    /// As in errors.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Variant::Model => "#[model_viewset]",
            Variant::ReadOnly => "#[read_only_model_viewset]",
        }
    }

    /// What can be in `actions(..)`.
    pub(crate) fn verbs(self) -> Vec<Verb> {
        Verb::ALL.into_iter().filter(|verb| self == Variant::Model || verb.is_read()).collect()
    }
}

impl ViewSetSpec {
    /// Takes the attributes of policies out of the item.
    pub(crate) fn new(
        variant: Variant,
        arguments: TokenStream,
        item: &mut ItemStruct,
        errors: &mut Errors,
    ) -> Self {
        let args = ViewSetArgs::read(variant.attribute(), arguments, errors);
        checks::relations(&args.relations, errors);
        let attributes = take_attributes(&mut item.attrs, crate::args::POLICIES);
        let policies = PolicyArgs::from_attributes(attributes, errors);
        let verbs = checks::view_set::verbs(variant, &args, errors);
        checks::view_set::check(variant, &args, &verbs, errors);
        Self {
            ident: item.ident.clone(),
            docs: doc_comment(&item.attrs),
            verbs,
            lookup_field: args
                .lookup_field
                .as_ref()
                .map(|given| Source::own(given.value.clone(), &args.relations)),
            cascade: args.cascade.iter().map(|words| Source::new(words.clone(), &args.relations)).collect(),
            filters: Filters::new(&args, errors),
            policies: Policies::new(&policies, args.pagination.as_ref()),
            attributes: policies.paths,
            serializer: args.serializer,
            serializers: args.serializers,
            lookup_url_kwarg: args.lookup_url_kwarg.map(|given| given.value),
            lookup_value_regex: args.lookup_value_regex.map(|given| given.value),
            filter_backends: args.filter_backends.map(|given| given.value).unwrap_or_default(),
            parsers: args.parsers.map(|given| given.value),
            renderers: args.renderers.map(|given| given.value),
            exception_handler: args.exception_handler.map(|given| given.value),
            hooks: args.hooks,
            bulk_create: args.bulk_create.is_some(),
            atomic: args.atomic.is_some(),
            keys: args.keys,
        }
    }

    /// The name of the URL's argument.
    pub(crate) fn url_kwarg(&self) -> String {
        let field = || self.lookup_field.as_ref().and_then(|source| source.words.0.last()).map(unraw);
        let kwarg = self.lookup_url_kwarg.as_ref().map(LitStr::value);
        kwarg.or_else(field).unwrap_or_else(|| "pk".to_owned())
    }

    /// The serializer of an action, where it has one of its own.
    pub(crate) fn own_serializer(&self, verb: Verb) -> Option<&Type> {
        let found = self.serializers.iter().find(|each| each.action == verb.name());
        found.map(|each| &each.serializer)
    }
}
