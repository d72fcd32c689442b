use std::fmt::Display;

use quote::ToTokens;

use crate::diagnostics::{Errors, err};

/// `search_fields(name, name)`: an error on the second.
pub(super) fn duplicates<T: Display + ToTokens>(
    items: impl Iterator<Item = T>,
    what: &str,
    argument: &str,
    errors: &mut Errors,
) {
    let mut seen: Vec<String> = Vec::new();
    for item in items {
        let name = item.to_string();
        match seen.contains(&name) {
            true => errors
                .push(err!(item, "duplicate {what} `{name}` in `{argument}`\nhelp: remove one of the two")),
            false => seen.push(name),
        }
    }
}
