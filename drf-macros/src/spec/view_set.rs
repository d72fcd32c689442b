use proc_macro2::{Ident, TokenStream};
use syn::{Expr, ItemStruct, LitStr, Path, Type};

use super::{Filters, Policies, Source, Verb, checks};
use crate::args::{ActionSerializer, Given, PolicyArgs, ViewSetArgs, doc_comment, take_attributes};
use crate::diagnostics::{Errors, Result};
use crate::ident::unraw;
use crate::policies;

/// A viewset.
pub(crate) struct ViewSetSpec {
    pub(crate) ident: Ident,
    pub(crate) docs: String,
    /// An error takes the place of the type, whose uses are then no further errors
    pub(crate) serializer: Result<Type>,
    /// The serializers of single actions
    pub(crate) serializers: Vec<(Verb, Type)>,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) lookup_field: Option<Source>,
    pub(crate) lookup_url_kwarg: Option<LitStr>,
    pub(crate) lookup_value_regex: Option<LitStr>,
    /// The relations whose rows are deleted with a row
    pub(crate) cascade: Vec<Source>,
    pub(crate) filters: Filters,
    pub(crate) filter_backends: Vec<Expr>,
    pub(crate) policies: Policies,
    pub(crate) parsers: Option<Vec<Expr>>,
    pub(crate) renderers: Option<Vec<Expr>>,
    pub(crate) exception_handler: Option<Path>,
    pub(crate) hooks: Hooks,
    /// `POST` takes a list too
    pub(crate) bulk_create: bool,
    /// Each request that writes is one transaction
    pub(crate) atomic: bool,
    pub(crate) keys: Vec<Ident>,
    /// The paths of `#[permission]` and the like, as the user wrote them
    pub(crate) attributes: Vec<Path>,
}

/// Functions of the user in the place of a step.
pub(crate) struct Hooks {
    pub(crate) get_queryset: Option<Path>,
    pub(crate) perform_create: Option<Path>,
    pub(crate) perform_update: Option<Path>,
    pub(crate) perform_destroy: Option<Path>,
}

/// The two attributes that make viewsets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Variant {
    Model,
    ReadOnly,
}

impl Variant {
    /// Returns the attribute, as in errors.
    pub(crate) fn attribute(self) -> &'static str {
        match self {
            Variant::Model => "#[model_viewset]",
            Variant::ReadOnly => "#[read_only_model_viewset]",
        }
    }

    /// Returns the actions that can be in `actions(..)`.
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
        let args = ViewSetArgs::of(variant.attribute(), arguments, errors);
        checks::relations(args.relations.as_ref(), errors);
        let attributes = take_attributes(&mut item.attrs, policies::NAMES);
        let policies = PolicyArgs::from_attributes(attributes, errors);
        let verbs = checks::view_set::verbs(variant, &args, errors);
        checks::view_set::check(variant, &args, &verbs, errors);
        let relations = args.relations.as_ref().map(|given| given.value.as_slice()).unwrap_or_default();
        let cascade = args.cascade.iter().flat_map(|given| &given.value);
        Self {
            ident: item.ident.clone(),
            docs: doc_comment(&item.attrs),
            verbs,
            lookup_field: args.lookup_field.as_ref().map(|given| Source::own(&given.value, relations)),
            cascade: cascade.map(|path| Source::new(path, relations)).collect(),
            filters: Filters::new(&args, relations, errors),
            policies: Policies::new(&policies, args.pagination.as_ref()),
            attributes: policies.paths,
            serializer: args
                .serializer
                .map_or_else(|| Err(checks::view_set::no_serializer(variant)), Given::into_value),
            serializers: serializers(args.serializers.map(Given::into_value)),
            lookup_url_kwarg: args.lookup_url_kwarg.map(Given::into_value),
            lookup_value_regex: args.lookup_value_regex.map(Given::into_value),
            filter_backends: args.filter_backends.map(Given::into_value).unwrap_or_default(),
            parsers: args.parsers.map(Given::into_value),
            renderers: args.renderers.map(Given::into_value),
            exception_handler: args.exception_handler.map(Given::into_value),
            hooks: Hooks {
                get_queryset: args.get_queryset.map(Given::into_value),
                perform_create: args.perform_create.map(Given::into_value),
                perform_update: args.perform_update.map(Given::into_value),
                perform_destroy: args.perform_destroy.map(Given::into_value),
            },
            bulk_create: args.bulk_create.is_some(),
            atomic: args.atomic.is_some(),
            keys: args.keys,
        }
    }

    /// Returns the name of the URL's argument.
    pub(crate) fn url_kwarg(&self) -> String {
        let field = || self.lookup_field.as_ref().and_then(Source::last).map(unraw);
        let kwarg = self.lookup_url_kwarg.as_ref().map(LitStr::value);
        kwarg.or_else(field).unwrap_or_else(|| "pk".to_owned())
    }

    /// Returns the serializer of an action, if it has one of its own.
    pub(crate) fn own_serializer(&self, verb: Verb) -> Option<&Type> {
        self.serializers.iter().find(|(other, _)| *other == verb).map(|(_, serializer)| serializer)
    }
}

/// `serializers(list = BookListSerializer)`
fn serializers(args: Option<Vec<ActionSerializer>>) -> Vec<(Verb, Type)> {
    let named = |each: ActionSerializer| Some((Verb::named(&each.action.to_string())?, each.serializer));
    args.into_iter().flatten().filter_map(named).collect()
}
