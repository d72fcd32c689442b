use proc_macro2::{Ident, Span};

use super::lists::duplicates;
use crate::args::{FieldPath, OrderingFields, SearchField, ViewSetArgs};
use crate::diagnostics::{Error, Errors, Result, bail, err, nearest, one_of};
use crate::spec::{Variant, Verb};

/// Checks the arguments of a viewset against each other.
pub(crate) fn check(variant: Variant, args: &ViewSetArgs, verbs: &[Verb], errors: &mut Errors) {
    let names: Vec<Ident> =
        args.serializers.iter().flat_map(|given| &given.value).map(|each| each.action.clone()).collect();
    duplicates(names.iter(), "action", "serializers", errors);
    for name in &names {
        let problem = serializer_of_action(variant, name, verbs);
        errors.handle(problem);
    }
    hooks_are_called(variant, args, verbs, errors);
    errors.handle(bulk_create_creates(args, verbs));
}

/// `#[model_viewset()]`
pub(crate) fn no_serializer(variant: Variant) -> Error {
    let name = variant.attribute();
    err!(
        Span::call_site(),
        "missing argument `serializer` for `{name}`\nhelp: write `serializer = SomeSerializer`"
    )
}

/// `bulk_create, perform_create = set_owner`, `actions(list), bulk_create`
fn bulk_create_creates(args: &ViewSetArgs, verbs: &[Verb]) -> Result<()> {
    let Some(bulk) = args.bulk_create.as_ref().map(|given| &given.key) else { return Ok(()) };
    if !verbs.contains(&Verb::Create) {
        bail!(bulk, "`bulk_create` is never used\nhelp: add `create` to `actions(..)`");
    }
    match &args.perform_create {
        None => Ok(()),
        Some(hook) => bail!(
            hook.key,
            "`perform_create` contradicts `bulk_create`, which saves all rows in one statement\nhelp: \
             set the values of each row in the serializer: `default_with = ..`, `hidden`, `validate`"
        ),
    }
}

/// Returns the actions of `actions(..)`, or all.
pub(crate) fn verbs(variant: Variant, args: &ViewSetArgs, errors: &mut Errors) -> Vec<Verb> {
    let Some(given) = &args.actions else { return variant.verbs() };
    if given.value.is_empty() {
        errors.push(err!(given.key, "`actions` is empty\nhelp: write `actions(list, retrieve)`"));
        return variant.verbs();
    }
    duplicates(given.value.iter(), "action", "actions", errors);
    let named = given.value.iter().map(|name| verb(variant, name, "actions"));
    let found: Vec<Verb> = named.filter_map(|verb| errors.handle(verb)).collect();
    Verb::ALL.into_iter().filter(|verb| found.contains(verb)).collect()
}

/// `actions(lst)`, `actions(create)` on the read-only variant
fn verb(variant: Variant, name: &Ident, argument: &str) -> Result<Verb> {
    let known: Vec<&str> = variant.verbs().into_iter().map(Verb::name).collect();
    match Verb::named(&name.to_string()) {
        Some(verb) if known.contains(&verb.name()) => Ok(verb),
        Some(_) => {
            bail!(name, "`{name}` is not an action of a read-only viewset\nhelp: use `#[model_viewset]`")
        }
        None => {
            let text = name.to_string();
            let help = match nearest(&text, &known) {
                Some(other) => format!("did you mean `{other}`?"),
                None => format!("expected one of {}", one_of(&known)),
            };
            bail!(name, "unknown action `{name}` in `{argument}`\nhelp: {help}")
        }
    }
}

/// `actions(list), serializers(create = BookInput)`
fn serializer_of_action(variant: Variant, name: &Ident, verbs: &[Verb]) -> Result<()> {
    let verb = verb(variant, name, "serializers")?;
    if !verb.has_serializer() {
        bail!(name, "`{name}` has no serializer: it has neither input nor output");
    }
    match verbs.contains(&verb) {
        true => Ok(()),
        false => bail!(name, "the serializer of `{name}` is never used\nhelp: add `{name}` to `actions(..)`"),
    }
}

/// `actions(list), perform_create = set_owner`
fn hooks_are_called(variant: Variant, args: &ViewSetArgs, verbs: &[Verb], errors: &mut Errors) {
    let hooks: [(_, &[Verb]); 3] = [
        (&args.perform_create, &[Verb::Create]),
        (&args.perform_update, &[Verb::Update, Verb::PartialUpdate]),
        (&args.perform_destroy, &[Verb::Destroy]),
    ];
    for (hook, callers) in hooks {
        let Some(hook) = hook else { continue };
        if verbs.iter().any(|verb| callers.contains(verb)) {
            continue;
        }
        let help = match variant {
            Variant::ReadOnly => "use `#[model_viewset]`".to_owned(),
            Variant::Model => format!("add `{}` to `actions(..)`", callers[0].name()),
        };
        errors.push(err!(hook.key, "`{}` is never called\nhelp: {help}", hook.key));
    }
}

/// `search_fields(name, name)`, `filterset_fields(price, price)`
pub(crate) fn duplicate_fields(args: &ViewSetArgs, errors: &mut Errors) {
    let search = args.search_fields.iter().flat_map(|given| &given.value);
    duplicates(search.map(path), "field", "search_fields", errors);
    let filters = args.filterset_fields.iter().flat_map(|given| &given.value);
    for field in filters.clone() {
        duplicates(field.lookups.iter().flatten(), "lookup", &field.path.to_string(), errors);
    }
    duplicates(filters.map(|field| &field.path), "field", "filterset_fields", errors);
    let order = args.ordering.iter().flat_map(|given| &given.value);
    duplicates(order.map(|field| &field.path), "field", "ordering", errors);
    if let Some(OrderingFields::Fields(fields)) = args.ordering_fields.as_ref().map(|given| &given.value) {
        duplicates(fields.iter(), "field", "ordering_fields", errors);
    }
}

fn path(field: &SearchField) -> &FieldPath {
    &field.path
}
