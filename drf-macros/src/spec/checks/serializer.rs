use proc_macro2::Ident;

use super::lists::duplicates;
use crate::args::{Given, SerializerArgs, UniqueTogether};
use crate::diagnostics::{Error, Errors, err};
use crate::ident::unraw;

/// `unique_together(name)`, `unique_together(name, name)`
pub(crate) fn unique_together(given: &Given<UniqueTogether>, errors: &mut Errors) {
    duplicates(given.value.fields.iter(), "field", "unique_together", errors);
    if given.value.fields.len() < 2 {
        let help = "help: for one field write `#[field(unique)]`";
        errors.push(err!(given.key, "`unique_together` needs two fields or more\n{help}"));
    }
}

/// Checks the arguments of `#[serializer(..)]` against each other.
pub(crate) fn check(args: &SerializerArgs, errors: &mut Errors) {
    columns_need_an_entity(args, errors);
    list_lengths_are_in_order(args, errors);
}

/// The arguments that mean nothing without an entity. The hooks that save rows are not here: the error about them takes the
/// place of the entity.
const OF_ROWS: &[&str] = &[
    "unique_together",
    "unique_for_date",
    "unique_for_month",
    "unique_for_year",
    "depth",
    "provided",
    "relations",
];

/// `#[serializer(unique_together(name, isbn))]`
fn columns_need_an_entity(args: &SerializerArgs, errors: &mut Errors) {
    if args.entity.is_some() {
        return;
    }
    for key in args.keys.iter().filter(|key| OF_ROWS.contains(&unraw(key).as_str())) {
        errors.push(needs_entity(key));
    }
}

/// `#[serializer(depth = 1)]`
pub(crate) fn needs_entity(key: &Ident) -> Error {
    err!(key, "`{key}` needs a serializer with an entity\nhelp: name the table: `entity = publisher::Entity`")
}

/// `list(min_length = 5, max_length = 3)`
fn list_lengths_are_in_order(args: &SerializerArgs, errors: &mut Errors) {
    let Some(list) = args.list.as_ref().map(|given| &given.value) else { return };
    let (Some(min), Some(max)) = (&list.min_length, &list.max_length) else { return };
    let number = |literal: &syn::LitInt| literal.base10_parse::<usize>().unwrap_or_default();
    if number(&min.value) > number(&max.value) {
        errors.push(err!(min.value, "`min_length` is larger than `max_length`, which is {}", max.value));
    }
}
