use proc_macro2::Ident;

use super::contradiction;
use crate::args::{FieldArgs, Given};
use crate::diagnostics::{Errors, err};

/// Everything that `#[field(..)]` can contradict itself about.
pub(crate) fn check(args: &FieldArgs, errors: &mut Errors) {
    read_only_takes_no_input(args, errors);
    required_has_no_default(args, errors);
    display_is_shown(args, errors);
    method_is_computed(args, errors);
    no_column_is_input(args, errors);
    behind_a_relation_is_shown(args, errors);
    lengths_are_in_order(args, errors);
    limits_are_in_order(args, errors);
}

fn key<T>(given: &Option<Given<T>>) -> Option<&Ident> {
    given.as_ref().map(|given| &given.key)
}

/// The argument, unless it is `= false`.
fn enabled(given: &Option<Given<syn::LitBool>>) -> Option<&Ident> {
    given.as_ref().filter(|given| given.value.value).map(|given| &given.key)
}

/// Each of some arguments that are there contradicts the first one.
fn refuse(first: Option<&Ident>, others: &[Option<&Ident>], why: &str, errors: &mut Errors) {
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
        key(&args.default),
        key(&args.validate),
        key(&args.no_column),
    ];
    refuse(key(&args.read_only), &others, "a read-only field takes no input; remove one of the two", errors);
}

/// `#[field(required, default = 0)]`
fn required_has_no_default(args: &FieldArgs, errors: &mut Errors) {
    let others = [key(&args.default)];
    refuse(
        enabled(&args.required),
        &others,
        "what has a default may be left out; remove one of the two",
        errors,
    );
}

/// `#[field(display, write_only)]`
fn display_is_shown(args: &FieldArgs, errors: &mut Errors) {
    let others = [
        key(&args.write_only),
        enabled(&args.required),
        key(&args.default),
        key(&args.validate),
        key(&args.no_column),
    ];
    refuse(key(&args.display), &others, "a label is only shown, never read from input", errors);
}

/// `#[field(method = total, source = price)]`
fn method_is_computed(args: &FieldArgs, errors: &mut Errors) {
    let others = [
        key(&args.source),
        key(&args.write_only),
        enabled(&args.required),
        key(&args.default),
        key(&args.validate),
        key(&args.no_column),
        key(&args.unique),
    ];
    refuse(key(&args.method), &others, "the value is computed by the function, and only shown", errors);
}

/// `#[field(no_column, source = price)]`
fn no_column_is_input(args: &FieldArgs, errors: &mut Errors) {
    refuse(
        key(&args.no_column),
        &[key(&args.source), enabled(&args.unique)],
        "there is no column behind it",
        errors,
    );
}

/// `#[field(source = publisher.name, write_only)]`
fn behind_a_relation_is_shown(args: &FieldArgs, errors: &mut Errors) {
    let dotted = args.source.as_ref().filter(|source| source.value.0.len() > 1);
    let others = [key(&args.write_only), enabled(&args.required), key(&args.default), key(&args.validate)];
    let why = "a value behind a relation is only shown";
    refuse(dotted.map(|source| &source.key), &others, why, errors);
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
