use proc_macro2::Ident;
use syn::{Generics, Item};

/// Returns the name of a type, if stubs can be implemented for it.
pub(super) fn ident_of(item: &Item) -> Option<&Ident> {
    let (ident, generics): (&Ident, &Generics) = match item {
        Item::Struct(item) => (&item.ident, &item.generics),
        Item::Enum(item) => (&item.ident, &item.generics),
        Item::Union(item) => (&item.ident, &item.generics),
        _ => return None,
    };
    generics.params.is_empty().then_some(ident)
}
