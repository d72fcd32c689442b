//! Attributes that only mean something to another attribute.

use proc_macro2::TokenStream;
use syn::{Attribute, Field, Fields, Item, Path};

/// Tells whether the last segment of an attribute's path is one of these names: `#[drf::permission]` is `permission`.
pub(crate) fn is_called(path: &Path, names: &[&str]) -> bool {
    path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// Takes the attributes with these names out.
pub(crate) fn take_attributes(attributes: &mut Vec<Attribute>, names: &[&str]) -> Vec<Attribute> {
    attributes.extract_if(.., |attribute| is_called(attribute.path(), names)).collect()
}

/// Returns the lints that an item allows, for the code that is generated beside it.
pub(crate) fn allowed_lints(attributes: &[Attribute]) -> Vec<TokenStream> {
    let lints = attributes.iter().filter(|attribute| is_called(attribute.path(), &["allow", "expect"]));
    // An `expect` counts as well: the generated code may or may not cause the lint.
    lints.filter_map(|attribute| Some(attribute.meta.require_list().ok()?.tokens.clone())).collect()
}

/// Removes a helper attribute from every field of an item, whatever kind of item it is.
pub(crate) fn strip_helpers(item: &mut Item, names: &[&str]) {
    for field in fields_of(item) {
        take_attributes(&mut field.attrs, names);
    }
}

fn fields_of(item: &mut Item) -> Vec<&mut Field> {
    match item {
        Item::Struct(item) => of(&mut item.fields),
        Item::Union(item) => item.fields.named.iter_mut().collect(),
        Item::Enum(item) => item.variants.iter_mut().flat_map(|variant| of(&mut variant.fields)).collect(),
        _ => Vec::new(),
    }
}

fn of(fields: &mut Fields) -> Vec<&mut Field> {
    fields.iter_mut().collect()
}
