use proc_macro2::{Ident, Span};

use super::{Source, checks};
use crate::args::{FilterField, OrderingField, OrderingFields, Relation, SearchField, ViewSetArgs};
use crate::diagnostics::{Errors, err, help};
use crate::ident::unraw;

/// The filters and the order of the list of a viewset.
#[derive(Default)]
pub(crate) struct Filters {
    /// The columns, each with its lookups
    pub(crate) filterset: Vec<(Source, Vec<Lookup>)>,
    pub(crate) search: Vec<(Source, Lookup)>,
    pub(crate) ordering_fields: Vec<Source>,
    /// `ordering_fields = all`
    pub(crate) all_ordering_fields: Option<Span>,
    /// The default order
    pub(crate) ordering: Vec<Order>,
}

/// A comparison: `icontains`, `year__gt`.
#[derive(Clone)]
pub(crate) struct Lookup {
    /// The comparison
    pub(crate) name: Ident,
    /// The parts of a date before the comparison
    pub(crate) parts: Vec<Ident>,
}

/// A column of `ordering(..)`.
pub(crate) struct Order {
    pub(crate) source: Source,
    pub(crate) descending: bool,
}

/// Django's lookups.
const LOOKUPS: &[&str] = &[
    "exact",
    "iexact",
    "contains",
    "icontains",
    "startswith",
    "istartswith",
    "endswith",
    "iendswith",
    "regex",
    "iregex",
    "lt",
    "lte",
    "gt",
    "gte",
    "range",
    "in",
    "isnull",
];
/// The lookups of dates and times that yield a part, which can be compared further.
const PARTS: &[&str] = &[
    "date",
    "year",
    "iso_year",
    "month",
    "day",
    "week",
    "week_day",
    "iso_week_day",
    "quarter",
    "hour",
    "minute",
    "second",
];
/// The words for DRF's prefixes of search fields, with their lookups.
const SEARCH: &[(&str, &str)] = &[("starts_with", "istartswith"), ("exact", "iexact"), ("regex", "iregex")];

impl Filters {
    pub(crate) fn new(args: &ViewSetArgs, relations: &[Relation], errors: &mut Errors) -> Self {
        checks::view_set::duplicate_fields(args, errors);
        let mut filters = Self::default();
        for field in args.filterset_fields.iter().flat_map(|given| &given.value) {
            filters.filterset.push(filter(field, relations, errors));
        }
        for field in args.search_fields.iter().flat_map(|given| &given.value) {
            filters.search.extend(search(field, relations, errors));
        }
        match args.ordering_fields.as_ref().map(|given| &given.value) {
            Some(OrderingFields::All(span)) => filters.all_ordering_fields = Some(*span),
            Some(OrderingFields::Fields(fields)) => {
                let sources = fields.iter().map(|path| Source::new(path, relations));
                filters.ordering_fields.extend(sources);
            }
            None => {}
        }
        let order = args.ordering.iter().flat_map(|given| &given.value);
        filters.ordering.extend(order.map(|field| Order::new(field, relations)));
        filters
    }

    /// Tells whether lists are ordered, by the request or without it.
    pub(crate) fn has_ordering(&self) -> bool {
        !self.ordering_fields.is_empty() || !self.ordering.is_empty() || self.all_ordering_fields.is_some()
    }
}

impl Order {
    fn new(field: &OrderingField, relations: &[Relation]) -> Self {
        Self { source: Source::new(&field.path, relations), descending: field.descending }
    }
}

/// Returns the lookups of `name(exact, icontains)`; `name` is `name(exact)`.
fn filter(field: &FilterField, relations: &[Relation], errors: &mut Errors) -> (Source, Vec<Lookup>) {
    let source = Source::new(&field.path, relations);
    let lookups = match &field.lookups {
        None => vec![Lookup::named("exact", source.span())],
        Some(words) => words.iter().filter_map(|word| Lookup::parse(word, errors)).collect(),
    };
    (source, lookups)
}

/// Returns the column and the comparison: `name` is searched with `icontains`, `starts_with(name)` with `istartswith`.
fn search(field: &SearchField, relations: &[Relation], errors: &mut Errors) -> Option<(Source, Lookup)> {
    let source = Source::new(&field.path, relations);
    let Some(word) = &field.lookup else {
        return Some((source.clone(), Lookup::named("icontains", source.span())));
    };
    let name = unraw(word);
    if let Some((_, lookup)) = SEARCH.iter().find(|(prefix, _)| *prefix == name) {
        return Some((source, Lookup::named(lookup, word.span())));
    }
    if LOOKUPS.contains(&name.as_str()) {
        return Some((source, Lookup::named(&name, word.span())));
    }
    let known: Vec<&str> = ["starts_with"].into_iter().chain(LOOKUPS.iter().copied()).collect();
    errors.push(err!(word, "unknown lookup `{name}`\n{}", help(&name, &known)));
    None
}

impl Lookup {
    fn named(name: &str, span: Span) -> Self {
        Self { name: ident(name, span), parts: Vec::new() }
    }

    /// `icontains`, `year`, `year__gt`, `date__year__gt`
    fn parse(word: &Ident, errors: &mut Errors) -> Option<Self> {
        let text = unraw(word);
        let mut words: Vec<&str> = text.split("__").collect();
        let name = words.pop()?;
        let unknown_part = words.iter().find(|part| !PARTS.contains(part)).map(|part| (*part, PARTS));
        let all = [LOOKUPS, PARTS].concat();
        let problem = unknown_part.or_else(|| (!all.contains(&name)).then_some((name, &all)));
        if let Some((unknown, known)) = problem {
            errors.push(err!(word, "unknown lookup `{unknown}`\n{}", help(unknown, known)));
            return None;
        }
        let parts = words.iter().map(|part| ident(part, word.span())).collect();
        Some(Self { name: ident(name, word.span()), parts })
    }

    /// Returns the place of the comparison.
    pub(crate) fn span(&self) -> Span {
        self.name.span()
    }
}

/// Returns the name of a lookup in the runtime: `in` is a keyword, and called `in_`.
fn ident(name: &str, span: Span) -> Ident {
    Ident::new(if name == "in" { "in_" } else { name }, span)
}
