use super::lists::duplicates;
use crate::args::{Given, SerializerArgs, UniqueTogether};
use crate::diagnostics::{Errors, err};

/// `unique_together(name)`, `unique_together(name, name)`
pub(crate) fn unique_together(given: &Given<UniqueTogether>, errors: &mut Errors) {
    duplicates(given.value.fields.iter(), "field", "unique_together", errors);
    if given.value.fields.len() < 2 {
        let way_out = "help: for one field write `#[field(unique)]`";
        errors.push(err!(given.key, "`unique_together` needs two fields or more\n{way_out}"));
    }
}

/// Everything that `#[serializer(..)]` can contradict itself about.
pub(crate) fn check(args: &SerializerArgs, errors: &mut Errors) {
    what_needs_an_entity(args, errors);
    list_lengths_are_in_order(args, errors);
}

/// `#[serializer(create = create_user)]`
fn what_needs_an_entity(args: &SerializerArgs, errors: &mut Errors) {
    if args.entity.is_some() {
        return;
    }
    let hooks = [&args.create, &args.update].into_iter().flatten().map(|given| &given.key);
    let rules = args.unique_together.iter().map(|given| &given.key);
    let depth = args.depth.iter().map(|given| &given.key);
    let rules = rules.chain(args.unique_for.iter().map(|given| &given.key));
    for key in hooks.chain(rules).chain(depth) {
        let way_out = "help: name the table: `entity = publisher::Entity`";
        errors.push(err!(key, "`{key}` is for a serializer with an entity\n{way_out}"));
    }
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
