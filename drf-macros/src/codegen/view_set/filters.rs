use proc_macro2::TokenStream;

use crate::codegen::source::source;
use crate::codegen::{code, code_at};
use crate::paths::{self, DjangoFilterBackend, OrderingFilter, SearchFilter};
use crate::spec::{Filters, Lookup, Source, ViewSetSpec};

/// The filters and the order of the list.
///
/// expands to:
/// ```ignore
/// let filterset = DjangoFilterBackend::new().filter(column::<..>(|model| &model.name).named("name"), lookups::exact)
///     .serialized_by::<__drf_Serializer>();
/// let search = SearchFilter::new().field(.., lookups::icontains);
/// let ordering = OrderingFilter::new().field(..).default(.., false);
/// ```
/// and `.filterset(filterset).search(search).ordering(ordering)`
pub(super) fn filters(spec: &ViewSetSpec, entity: &TokenStream) -> (TokenStream, TokenStream) {
    let Filters { filterset, search, .. } = &spec.filters;
    let mut all = (TokenStream::new(), TokenStream::new());
    if !filterset.is_empty() {
        let filters = filterset.iter().flat_map(|(place, lookups)| {
            lookups.iter().map(move |lookup| compared(code!(filter), entity, place, lookup))
        });
        all.0.extend(code!(let filterset = #DjangoFilterBackend::new() #(#filters)* .serialized_by::<__drf_Serializer>();));
        all.1.extend(code!(.filterset(filterset)));
    }
    if !search.is_empty() {
        let fields = search.iter().map(|(source, lookup)| compared(code!(field), entity, source, lookup));
        all.0.extend(code!(let search = #SearchFilter::new() #(#fields)*;));
        all.1.extend(code!(.search(search)));
    }
    if spec.filters.has_ordering() {
        all.0.extend(ordering(&spec.filters, entity));
        all.1.extend(code!(.ordering(ordering)));
    }
    all
}

/// expands to: `.filter(column::<..>(|model| &model.name).named("name"), lookups::icontains)`
fn compared(method: TokenStream, entity: &TokenStream, place: &Source, lookup: &Lookup) -> TokenStream {
    let column = source(entity, place);
    let lookup = compare(lookup);
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

/// expands to: `let ordering = OrderingFilter::new().field(..).default(.., true);`
fn ordering(filters: &Filters, entity: &TokenStream) -> TokenStream {
    let fields = filters.ordering_fields.iter().map(|field| {
        let column = source(entity, field);
        code_at!(field.span()=> .field(#column))
    });
    let all = filters.all_ordering_fields.map(|span| code_at!(span=> .all::<#entity>()));
    let defaults = filters.ordering.iter().map(|order| {
        let (column, descending) = (source(entity, &order.source), order.descending);
        code_at!(order.source.span()=> .default(#column, #descending))
    });
    code!(let ordering = #OrderingFilter::new() #(#fields)* #all #(#defaults)*;)
}
