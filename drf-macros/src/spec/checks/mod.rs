//! The rules: one function each, with the code of the user that breaks it.

pub(crate) mod action;
pub(crate) mod field;
pub(crate) mod item;
mod lists;
pub(crate) mod serializer;
pub(crate) mod view;
pub(crate) mod view_set;

use crate::args::{Given, Relation};
use crate::diagnostics::{Errors, err};

/// `relations(author = author::Entity, author = user::Entity)`
pub(crate) fn relations(relations: Option<&Given<Vec<Relation>>>, errors: &mut Errors) {
    let names = relations.iter().flat_map(|given| &given.value).map(|relation| &relation.name);
    lists::duplicates(names, "relation", "relations", errors);
}

/// `read_only, write_only`
pub(crate) fn contradiction(
    second: &proc_macro2::Ident,
    first: &proc_macro2::Ident,
    why: &str,
    errors: &mut Errors,
) {
    errors.push(err!(second, "`{second}` contradicts `{first}`\nhelp: {why}"));
}
