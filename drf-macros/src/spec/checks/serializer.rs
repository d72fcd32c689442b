use super::lists::duplicates;
use crate::args::{Given, UniqueTogether};
use crate::diagnostics::{Errors, err};

/// `unique_together(name)`, `unique_together(name, name)`
pub(crate) fn unique_together(given: &Given<UniqueTogether>, errors: &mut Errors) {
    duplicates(given.value.fields.iter(), "field", "unique_together", errors);
    if given.value.fields.len() < 2 {
        let way_out = "help: for one field write `#[field(unique)]`";
        errors.push(err!(given.key, "`unique_together` needs two fields or more\n{way_out}"));
    }
}
