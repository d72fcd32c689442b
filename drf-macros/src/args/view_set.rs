use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, LitStr, Path, Token, Type};

use super::arguments::{Argument, Arguments};
use super::field_path::{field_paths, own_field};
use super::filters::{filterset_fields, ordering, ordering_fields, search_fields};
use super::list::list;
use super::regex::regex;
use super::signature::{ArgumentsOf, PolicyPlace, Signature, arguments};
use super::values::{exprs, fallible, flag, identifier, path, ty};
use super::{
    FieldPath, FilterField, OrderingField, OrderingFields, Pagination, Relation, SearchField, pagination,
    relations,
};
use crate::diagnostics::{Errors, Result, bail};

arguments! {
    /// The arguments of `#[model_viewset(..)]` and `#[read_only_model_viewset(..)]`.
    ViewSetArgs of "#[model_viewset]" {
        serializer: Result<Type> = fallible(ty),
        serializers: Vec<ActionSerializer> = serializers,
        actions: Vec<Ident> = actions,
        lookup_field: Ident = own_field,
        lookup_url_kwarg: LitStr = identifier,
        lookup_value_regex: LitStr = regex,
        search_fields: Vec<SearchField> = search_fields,
        ordering_fields: OrderingFields = ordering_fields,
        ordering: Vec<OrderingField> = ordering,
        filterset_fields: Vec<FilterField> = filterset_fields,
        filter_backends: Vec<Expr> = exprs,
        pagination: Pagination = pagination,
        get_queryset: Path = path,
        perform_create: Path = path,
        perform_update: Path = path,
        perform_destroy: Path = path,
        bulk_create: () = flag,
        atomic: () = flag,
        parsers: Vec<Expr> = exprs,
        renderers: Vec<Expr> = exprs,
        exception_handler: Path = path,
        cascade: Vec<FieldPath> = field_paths,
        relations: Vec<Relation> = relations,
    }
    policies { PolicyPlace::Attributes("struct") }
    hints {
        "queryset" => "the rows are those of the serializer's entity; write `get_queryset = some_function` to narrow them",
        "entity" => "it is the serializer's: write `serializer = SomeSerializer`",
    }
}

/// `serializers(list = BookListSerializer)`
pub(crate) struct ActionSerializer {
    pub(crate) action: Ident,
    pub(crate) serializer: Type,
}

impl ViewSetArgs {
    /// Reads the arguments of the attribute with this name: `#[read_only_model_viewset]`.
    pub(crate) fn of(name: &'static str, tokens: TokenStream, errors: &mut Errors) -> Self {
        let signature = Signature { name, ..Self::SIGNATURE };
        Self::take(Arguments::read(tokens, &signature, errors), errors)
    }
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
