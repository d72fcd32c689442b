use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, Type};

use super::arguments::{Argument, Arguments, Given, Owner};
use super::field::regex;
use super::filters::{filterset_fields, ordering, ordering_fields, search_fields};
use super::list::list;
use super::values::{exprs, flag, identifier, path, ty};
use super::{
    FilterField, OrderingField, OrderingFields, Pagination, Relation, SearchField, Words, pagination,
    relations, words,
};
use crate::diagnostics::{Error, Errors, Result, bail, err};

/// The arguments of `#[model_viewset(..)]` and `#[read_only_model_viewset(..)]`.
pub(crate) struct ViewSetArgs {
    pub(crate) keys: Vec<Ident>,
    pub(crate) serializer: Result<Type>,
    pub(crate) serializers: Vec<ActionSerializer>,
    pub(crate) actions: Option<Given<Vec<Ident>>>,
    pub(crate) lookup_field: Option<Given<Ident>>,
    pub(crate) lookup_url_kwarg: Option<Given<LitStr>>,
    pub(crate) lookup_value_regex: Option<Given<LitStr>>,
    pub(crate) search_fields: Option<Given<Vec<SearchField>>>,
    pub(crate) ordering_fields: Option<Given<OrderingFields>>,
    pub(crate) ordering: Option<Given<Vec<OrderingField>>>,
    pub(crate) filterset_fields: Option<Given<Vec<FilterField>>>,
    pub(crate) filter_backends: Option<Given<Vec<Expr>>>,
    pub(crate) pagination: Option<Given<Pagination>>,
    pub(crate) hooks: Hooks,
    pub(crate) bulk_create: Option<Given<()>>,
    pub(crate) atomic: Option<Given<()>>,
    pub(crate) parsers: Option<Given<Vec<Expr>>>,
    pub(crate) renderers: Option<Given<Vec<Expr>>>,
    pub(crate) exception_handler: Option<Given<Path>>,
    pub(crate) cascade: Vec<Words>,
    pub(crate) relations: Vec<Relation>,
}

/// Functions of the user that stand in the place of a step.
#[derive(Default)]
pub(crate) struct Hooks {
    pub(crate) get_queryset: Option<Given<Path>>,
    pub(crate) perform_create: Option<Given<Path>>,
    pub(crate) perform_update: Option<Given<Path>>,
    pub(crate) perform_destroy: Option<Given<Path>>,
}

/// `serializers(list = BookListSerializer)`
pub(crate) struct ActionSerializer {
    pub(crate) action: Ident,
    pub(crate) serializer: Type,
}

const KNOWN: &[&str] = &[
    "serializer",
    "serializers",
    "actions",
    "lookup_field",
    "lookup_url_kwarg",
    "lookup_value_regex",
    "search_fields",
    "ordering_fields",
    "ordering",
    "filterset_fields",
    "filter_backends",
    "pagination",
    "get_queryset",
    "perform_create",
    "perform_update",
    "perform_destroy",
    "bulk_create",
    "atomic",
    "parsers",
    "renderers",
    "exception_handler",
    "cascade",
    "relations",
];

const HINTS: &[(&str, &str)] = &[
    ("permission", "write `#[permission(..)]` between this attribute and the struct"),
    ("authentication", "write `#[authentication(..)]` between this attribute and the struct"),
    ("throttle", "write `#[throttle(..)]` between this attribute and the struct"),
    (
        "queryset",
        "the rows are those of the serializer's entity; write `get_queryset = some_function` to narrow them",
    ),
    ("entity", "it is the serializer's: write `serializer = SomeSerializer`"),
];

impl ViewSetArgs {
    /// `name` is the attribute's: `#[model_viewset]`.
    pub(crate) fn read(name: &'static str, tokens: TokenStream, errors: &mut Errors) -> Self {
        let owner = Owner { name, known: KNOWN, repeatable: &[], hints: HINTS };
        let mut all = Arguments::read(tokens, &owner, errors);
        Self {
            keys: all.keys().to_vec(),
            serializer: all.require("serializer", errors, ty, || missing_serializer(name)),
            serializers: all
                .take("serializers", errors, serializers)
                .map(|given| given.value)
                .unwrap_or_default(),
            actions: all.take("actions", errors, actions),
            lookup_field: all.take("lookup_field", errors, words::field),
            lookup_url_kwarg: all.take("lookup_url_kwarg", errors, identifier),
            lookup_value_regex: all.take("lookup_value_regex", errors, regex),
            search_fields: all.take("search_fields", errors, search_fields),
            ordering_fields: all.take("ordering_fields", errors, ordering_fields),
            ordering: all.take("ordering", errors, ordering),
            filterset_fields: all.take("filterset_fields", errors, filterset_fields),
            filter_backends: all.take("filter_backends", errors, exprs),
            pagination: all.take("pagination", errors, pagination),
            hooks: Hooks::take(&mut all, errors),
            bulk_create: all.take("bulk_create", errors, flag),
            atomic: all.take("atomic", errors, flag),
            parsers: all.take("parsers", errors, exprs),
            renderers: all.take("renderers", errors, exprs),
            exception_handler: all.take("exception_handler", errors, path),
            cascade: all.take("cascade", errors, cascade).map(|given| given.value).unwrap_or_default(),
            relations: all.take("relations", errors, relations).map(|given| given.value).unwrap_or_default(),
        }
    }
}

fn missing_serializer(name: &str) -> Error {
    let way_out = "help: write `serializer = SomeSerializer`";
    err!(Span::call_site(), "missing argument `serializer` for `{name}`\n{way_out}")
}

impl Hooks {
    fn take(all: &mut Arguments, errors: &mut Errors) -> Self {
        Self {
            get_queryset: all.take("get_queryset", errors, path),
            perform_create: all.take("perform_create", errors, path),
            perform_update: all.take("perform_update", errors, path),
            perform_destroy: all.take("perform_destroy", errors, path),
        }
    }

    /// The hooks around writes, with the actions that call them.
    pub(crate) fn writes(&self) -> [(&Option<Given<Path>>, &'static [&'static str]); 3] {
        [
            (&self.perform_create, &["create"]),
            (&self.perform_update, &["update", "partial_update"]),
            (&self.perform_destroy, &["destroy"]),
        ]
    }
}

/// `cascade(reviews, books.tags)`
fn cascade(argument: &Argument, errors: &mut Errors) -> Result<Vec<Words>> {
    let items = argument.items("cascade(reviews)")?;
    Ok(list(items, errors, Words::parse))
}

/// `serializers(list = A, retrieve = B)`
fn serializers(argument: &Argument, errors: &mut Errors) -> Result<Vec<ActionSerializer>> {
    let items = argument.items("serializers(list = SomeSerializer)")?;
    Ok(list(items, errors, action_serializer))
}

fn action_serializer(input: ParseStream<'_>) -> Result<ActionSerializer> {
    let action = input.call(Ident::parse_any)?;
    if input.parse::<Token![=]>().is_err() {
        bail!(action, "expected the serializer of `{action}`\nhelp: write `{action} = SomeSerializer`");
    }
    match input.parse() {
        Ok(serializer) => Ok(ActionSerializer { action, serializer }),
        Err(_) => bail!(action, "the serializer of `{action}` is not a complete type"),
    }
}

/// `actions(list, retrieve)`
fn actions(argument: &Argument, errors: &mut Errors) -> Result<Vec<Ident>> {
    let items = argument.items("actions(list, retrieve)")?;
    Ok(list(items, errors, |input| Ok(input.call(Ident::parse_any)?)))
}
