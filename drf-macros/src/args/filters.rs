use proc_macro2::{Ident, Span};
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Token, token};

use super::FieldPath;
use super::arguments::{Argument, Form};
use super::list::{list, parenthesized};
use crate::diagnostics::{Errors, Result, bail, err};

/// `name`, `starts_with(name)`
pub(crate) struct SearchField {
    /// The word before the parentheses
    pub(crate) lookup: Option<Ident>,
    /// The column
    pub(crate) path: FieldPath,
}

/// `name(exact, icontains)`
pub(crate) struct FilterField {
    /// The column
    pub(crate) path: FieldPath,
    /// The lookups, if any are written
    pub(crate) lookups: Option<Vec<Ident>>,
}

/// `-price`
pub(crate) struct OrderingField {
    /// There is a minus
    pub(crate) descending: bool,
    /// The column
    pub(crate) path: FieldPath,
}

/// `ordering_fields(price)`, `ordering_fields = all`
pub(crate) enum OrderingFields {
    /// All columns of the serializer
    All(Span),
    /// These
    Fields(Vec<FieldPath>),
}

/// `search_fields(name, starts_with(address))`
pub(crate) fn search_fields(argument: &Argument, errors: &mut Errors) -> Result<Vec<SearchField>> {
    not_empty(argument, "search_fields(name, starts_with(address))")?;
    Ok(list(argument.items("search_fields(name)")?, errors, search_field))
}

fn search_field(input: ParseStream<'_>) -> Result<SearchField> {
    let path = FieldPath::parse(input)?;
    if !input.peek(token::Paren) {
        return Ok(SearchField { lookup: None, path });
    }
    let Some(lookup) = path.single() else {
        bail!(path.span(), "the lookup comes first\nhelp: write `starts_with({path})`");
    };
    let (_, content) = parenthesized(input)?;
    let path = FieldPath::parse(&content)?;
    match content.is_empty() {
        true => Ok(SearchField { lookup: Some(lookup.clone()), path }),
        false => bail!(content.span(), "expected one field in `{lookup}(..)`"),
    }
}

/// `filterset_fields(category, name(exact, icontains))`
pub(crate) fn filterset_fields(argument: &Argument, errors: &mut Errors) -> Result<Vec<FilterField>> {
    let form = "filterset_fields(category, name(exact, icontains))";
    not_empty(argument, form)?;
    let mut nested = Errors::default();
    let fields = list(argument.items(form)?, errors, |input| filter_field(input, &mut nested));
    errors.extend(nested.into_inner());
    Ok(fields)
}

fn filter_field(input: ParseStream<'_>, errors: &mut Errors) -> Result<FilterField> {
    let path = FieldPath::parse(input)?;
    if !input.peek(token::Paren) {
        return Ok(FilterField { path, lookups: None });
    }
    let (parentheses, content) = parenthesized(input)?;
    if content.is_empty() {
        bail!(parentheses.span.open(), "expected a lookup\nhelp: write `{path}(exact)`");
    }
    let lookups = list(content.parse()?, errors, |input| Ok(input.call(syn::ext::IdentExt::parse_any)?));
    Ok(FilterField { path, lookups: Some(lookups) })
}

/// `ordering(-price, id)`
pub(crate) fn ordering(argument: &Argument, errors: &mut Errors) -> Result<Vec<OrderingField>> {
    not_empty(argument, "ordering(-price, id)")?;
    Ok(list(argument.items("ordering(-price, id)")?, errors, |input| {
        let descending = input.parse::<Option<Token![-]>>()?.is_some();
        Ok(OrderingField { descending, path: FieldPath::parse(input)? })
    }))
}

/// `ordering_fields(price, name)`, `ordering_fields = all`
pub(crate) fn ordering_fields(argument: &Argument, errors: &mut Errors) -> Result<OrderingFields> {
    let form = "ordering_fields(price, name)` or `ordering_fields = all";
    if let Form::Value(value) = &argument.form {
        return match value.to_string().as_str() {
            "all" => Ok(OrderingFields::All(value.span())),
            _ => Err(argument.malformed(form)),
        };
    }
    not_empty(argument, form)?;
    Ok(OrderingFields::Fields(list(argument.items(form)?, errors, FieldPath::parse)))
}

fn not_empty(argument: &Argument, form: &str) -> Result<()> {
    match &argument.form {
        Form::List(items) if items.is_empty() => {
            Err(err!(argument.key, "`{}` is empty\nhelp: write `{form}`", argument.key))
        }
        _ => Ok(()),
    }
}
