use proc_macro2::TokenStream;

use crate::codegen::source::mention;
use crate::codegen::{code, code_at};
use crate::paths::{self, DjangoFilterBackend, OrderingFilter, SearchFilter};
use crate::spec::{Filters, Lookup, Source, ViewSetSpec};

/// The filters and the order of the list. The columns have been looked up before.
///
/// expands to:
/// ```ignore
/// .filterset(DjangoFilterBackend::new().filter(&name, lookups::exact).serialized_by::<__drf_Serializer>())
/// .search(SearchFilter::new().field(&name, lookups::icontains))
/// .ordering(OrderingFilter::new().field(&name).default(&name, false))
/// ```
pub(super) fn filters(spec: &ViewSetSpec, entity: &TokenStream) -> TokenStream {
    let Filters { filterset, search, .. } = &spec.filters;
    let mut all = TokenStream::new();
    if !filterset.is_empty() {
        let filters = filterset.iter().flat_map(|(place, lookups)| {
            lookups.iter().map(move |lookup| compared(code!(filter), place, lookup))
        });
        let filters = code!(#DjangoFilterBackend::new() #(#filters)* .serialized_by::<__drf_Serializer>());
        all.extend(code!(.filterset(#filters)));
    }
    if !search.is_empty() {
        let fields = search.iter().map(|(source, lookup)| compared(code!(field), source, lookup));
        all.extend(code!(.search(#SearchFilter::new() #(#fields)*)));
    }
    if spec.filters.has_ordering() {
        all.extend(ordering(&spec.filters, entity));
    }
    all
}

/// expands to: `.filter(&name, lookups::icontains)`
fn compared(method: TokenStream, place: &Source, lookup: &Lookup) -> TokenStream {
    let (column, lookup) = (mention(place), compare(lookup));
    code_at!(place.span()=> .#method(#column, #lookup))
}

/// expands to: `lookups::icontains`, `lookups::Part(lookups::year, lookups::gt)`
fn compare(lookup: &Lookup) -> TokenStream {
    let module = paths::lookups.at(lookup.span());
    let name = &lookup.name;
    let last = code_at!(lookup.span()=> #module::#name);
    lookup
        .parts
        .iter()
        .rev()
        .fold(last, |next, part| code_at!(lookup.span()=> #module::Part(#module::#part, #next)))
}

/// expands to: `.ordering(OrderingFilter::new().field(&name).default(&name, true))`
fn ordering(filters: &Filters, entity: &TokenStream) -> TokenStream {
    let fields = filters.ordering_fields.iter().map(|field| {
        let column = mention(field);
        code_at!(field.span()=> .field(#column))
    });
    let all = filters.all_ordering_fields.map(|span| code_at!(span=> .all::<#entity>()));
    let defaults = filters.ordering.iter().map(|order| {
        let (column, descending) = (mention(&order.source), order.descending);
        code_at!(order.source.span()=> .default(#column, #descending))
    });
    code!(.ordering(#OrderingFilter::new() #(#fields)* #all #(#defaults)*))
}
