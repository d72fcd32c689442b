//! The limits of the formatted lines of expansions, which are compiled once for each resource.

use super::expand::{expand, pretty};
use super::serializer::PUBLISHER as SERIALIZER;
use super::view_set::PUBLISHER as VIEW_SET;

/// Returns the number of generated lines, without the item and without the keys for editors.
fn lines(source: &str) -> usize {
    let text = pretty(expand(source));
    let generated = text.split_once("const _: () = {").expect("something is generated").1;
    generated.split("#[allow(unexpected_cfgs)]").next().unwrap_or_default().lines().count()
}

#[test]
fn a_viewset_stays_short() {
    let plain = lines("#[model_viewset(serializer = PublisherSerializer)] pub struct PublisherViewSet;");
    assert!(plain <= 120, "the expansion of a viewset has {plain} lines");
}

#[test]
fn a_column_of_a_list_is_a_few_lines() {
    let (columns, other_arguments) = (7, 20);
    let lines = lines(VIEW_SET);
    assert!(lines <= 120 + other_arguments + 5 * columns, "the quickstart's viewset has {lines} lines");
}

#[test]
fn a_serializer_stays_short() {
    let (lines, fields) = (lines(SERIALIZER), 4);
    assert!(lines <= 52 + 8 * fields, "the expansion of the quickstart's serializer has {lines} lines");
}
