use proc_macro2::Ident;

use super::contradiction;
use crate::args::{FieldArgs, Given};
use crate::diagnostics::{Errors, err};
use crate::spec::field::{SerializerContext, names};

/// Checks the arguments of `#[field(..)]` against each other.
pub(crate) fn check(args: &FieldArgs, errors: &mut Errors) {
    read_only_takes_no_input(args, errors);
    required_has_no_default(args, errors);
    display_is_output(args, errors);
    method_is_computed(args, errors);
    no_column_is_input(args, errors);
    related_values_are_output(args, errors);
    hidden_is_its_default(args, errors);
    nested_is_a_serializer(args, errors);
    one_default(args, errors);
    cascade_needs_replaced_rows(args, errors);
    lengths_are_in_order(args, errors);
    limits_are_in_order(args, errors);
    digits_are_in_order(args, errors);
    if let Some(child) = &args.child {
        check(&child.value, errors);
    }
}

/// Checks the arguments against the type and the serializer.
pub(crate) fn check_type(
    args: &FieldArgs,
    field: &syn::Field,
    context: &SerializerContext<'_>,
    errors: &mut Errors,
) {
    if context.plain {
        no_entity(args, field, errors);
        return;
    }
    slug_has_a_column(args, field, errors);
    nested_can_be_written(args, field, context, errors);
}

/// `#[serializer] struct Contact { #[field(source = name)] title: String }`
fn no_entity(args: &FieldArgs, field: &syn::Field, errors: &mut Errors) {
    let table = "name the table: `#[serializer(entity = publisher::Entity)]`";
    let keys = [key(&args.source), key(&args.method), args.unique.as_ref().map(|given| &given.key)];
    for key in keys.into_iter().flatten() {
        errors.push(err!(key, "`{key}` needs a serializer with an entity\nhelp: {table}"));
    }
    if let Some(key) = key(&args.no_column) {
        errors.push(err!(key, "`no_column` needs a serializer with an entity\nhelp: remove it, or {table}"));
    }
    if let Some(word) = args.nested.as_ref().and_then(|given| given.value.as_ref()) {
        let help = format!("help: write `nested` alone, or {table}");
        errors.push(err!(word, "`write` needs a serializer with an entity\n{help}"));
    }
    if names(&field.ty, "HyperlinkedIdentity") {
        errors.push(err!(field.ty, "a link to a row needs a serializer with an entity\nhelp: {table}"));
    }
}

/// `publisher: SlugRelated<publisher::Entity>`
fn slug_has_a_column(args: &FieldArgs, field: &syn::Field, errors: &mut Errors) {
    let given = args.keys.iter().any(|key| key == "slug_field");
    if names(&field.ty, "SlugRelated") && !given {
        let help = "help: name the column that represents the row: `#[field(slug_field = name)]`";
        errors.push(err!(field.ty, "missing argument `slug_field`\n{help}"));
    }
}

/// `#[field(nested)] books: Vec<BookItem>`
fn nested_can_be_written(
    args: &FieldArgs,
    field: &syn::Field,
    context: &SerializerContext<'_>,
    errors: &mut Errors,
) {
    let Some(nested) = &args.nested else { return };
    let dotted = args.source.as_ref().is_some_and(|source| source.value.0.len() > 1);
    if args.read_only.is_none() && nested.value.is_none() && !context.saved_by_hooks && !dotted {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        let (rows, write) = match names(&field.ty, "Vec") {
            true => ("nested rows", " write `nested(write = replace)` (or `append`, `patch`), or"),
            false => ("nested row", ""),
        };
        let hooks = "give the serializer `create = ..` and `update = ..`";
        errors.push(err!(
            nested.key,
            "the {rows} of `{name}` cannot be written\nhelp: add `read_only`, or{write} {hooks}"
        ));
    }
}

/// `#[field(nested, default = Point::zero())]`
fn nested_is_a_serializer(args: &FieldArgs, errors: &mut Errors) {
    let others = [key(&args.default), key(&args.default_with), key(&args.method), key(&args.display)];
    reject(
        key(&args.nested),
        &others,
        "the serializer defines a nested field; remove one of the two",
        errors,
    );
}

/// `#[field(hidden)]`
fn hidden_is_its_default(args: &FieldArgs, errors: &mut Errors) {
    let others = [key(&args.read_only), key(&args.write_only), enabled(&args.required), key(&args.method)];
    reject(
        key(&args.hidden),
        &others,
        "a hidden field is in neither input nor output; remove one of the two",
        errors,
    );
    if let Some(hidden) = &args.hidden
        && args.default.is_none()
        && args.default_with.is_none()
    {
        let help = "help: give it a value: `default = ..` or `default_with = CurrentUserDefault`";
        errors.push(err!(hidden.key, "a hidden field needs a default\n{help}"));
    }
}

/// `#[field(nested(write = append), cascade(reviews))]`
fn cascade_needs_replaced_rows(args: &FieldArgs, errors: &mut Errors) {
    let Some(cascade) = &args.cascade else { return };
    let write = args.nested.as_ref().and_then(|given| given.value.as_ref());
    if write.is_none_or(|write| write != "replace") {
        let help = "help: it names the relations whose rows are deleted with replaced rows";
        errors.push(err!(cascade.key, "`cascade` needs `nested(write = replace)`\n{help}"));
    }
}

/// `#[field(default = 1, default_with = one)]`
fn one_default(args: &FieldArgs, errors: &mut Errors) {
    reject(
        key(&args.default),
        &[key(&args.default_with)],
        "a field has one default; remove one of the two",
        errors,
    );
}

/// `#[field(max_digits = 2, decimal_places = 4)]`
fn digits_are_in_order(args: &FieldArgs, errors: &mut Errors) {
    let (Some(digits), Some(places)) = (&args.max_digits, &args.decimal_places) else { return };
    let number = |literal: &syn::LitInt| literal.base10_parse::<usize>().unwrap_or_default();
    if number(&places.value) > number(&digits.value) {
        errors.push(err!(
            places.value,
            "`decimal_places` is larger than `max_digits`, which is {}",
            digits.value
        ));
    }
}

fn key<T>(given: &Option<Given<T>>) -> Option<&Ident> {
    given.as_ref().map(|given| &given.key)
}

/// Returns the key of an argument that is not `= false`.
fn enabled(given: &Option<Given<syn::LitBool>>) -> Option<&Ident> {
    given.as_ref().filter(|given| given.value.value).map(|given| &given.key)
}

/// Reports each of some arguments as a contradiction to the first one.
fn reject(first: Option<&Ident>, others: &[Option<&Ident>], why: &str, errors: &mut Errors) {
    let Some(first) = first else { return };
    for second in others.iter().flatten() {
        contradiction(second, first, why, errors);
    }
}

/// `#[field(read_only, write_only)]`, `#[field(read_only, required)]`
fn read_only_takes_no_input(args: &FieldArgs, errors: &mut Errors) {
    let others = [
        key(&args.write_only),
        enabled(&args.required),
        key(&args.validate),
        key(&args.validators),
        key(&args.no_column),
    ];
    reject(key(&args.read_only), &others, "a read-only field takes no input; remove one of the two", errors);
}

/// `#[field(required, default = 0)]`
fn required_has_no_default(args: &FieldArgs, errors: &mut Errors) {
    // `hidden` with `required` is reported by `hidden_is_its_default`.
    let required = enabled(&args.required).filter(|_| args.hidden.is_none());
    let others = [key(&args.default), key(&args.default_with)];
    reject(required, &others, "a field with a default is not required; remove one of the two", errors);
}

/// `#[field(display, write_only)]`
fn display_is_output(args: &FieldArgs, errors: &mut Errors) {
    let others = [
        key(&args.write_only),
        enabled(&args.required),
        key(&args.default),
        key(&args.validate),
        key(&args.validators),
        key(&args.no_column),
    ];
    reject(key(&args.display), &others, "a label is in output only; remove one of the two", errors);
}

/// `#[field(method = total, source = price)]`
fn method_is_computed(args: &FieldArgs, errors: &mut Errors) {
    let others = [
        key(&args.source),
        key(&args.write_only),
        enabled(&args.required),
        key(&args.default),
        key(&args.validate),
        key(&args.validators),
        key(&args.no_column),
        args.unique.as_ref().map(|given| &given.key),
    ];
    reject(
        key(&args.method),
        &others,
        "the function computes the value for output; remove one of the two",
        errors,
    );
}

/// `#[field(no_column, source = price)]`
fn no_column_is_input(args: &FieldArgs, errors: &mut Errors) {
    let unique = args.unique.as_ref().filter(|given| given.value.enabled.value).map(|given| &given.key);
    reject(
        key(&args.no_column),
        &[key(&args.source), unique],
        "the field has no column; remove one of the two",
        errors,
    );
}

/// `#[field(source = publisher.name, write_only)]`
fn related_values_are_output(args: &FieldArgs, errors: &mut Errors) {
    let dotted = args.source.as_ref().filter(|source| source.value.0.len() > 1);
    let others = [
        key(&args.write_only),
        enabled(&args.required),
        key(&args.default),
        key(&args.validate),
        key(&args.validators),
    ];
    let why = "the value of a related row is in output only; remove one of the two";
    reject(dotted.map(|source| &source.key), &others, why, errors);
}

/// `#[field(min_length = 20, max_length = 5)]`
fn lengths_are_in_order(args: &FieldArgs, errors: &mut Errors) {
    let (Some(min), Some(max)) = (&args.min_length, &args.max_length) else { return };
    let number = |literal: &syn::LitInt| literal.base10_parse::<usize>().unwrap_or_default();
    if number(&min.value) > number(&max.value) {
        errors.push(err!(min.value, "`min_length` is larger than `max_length`, which is {}", max.value));
    }
}

/// `#[field(min_value = 10, max_value = 5)]`
fn limits_are_in_order(args: &FieldArgs, errors: &mut Errors) {
    let (Some(min), Some(max)) = (&args.min_value, &args.max_value) else { return };
    if min.value.value > max.value.value {
        errors.push(err!(
            min.value.tokens,
            "`min_value` is larger than `max_value`, which is {}",
            max.value.value
        ));
    }
}
