//! Each argument is declared in one line of `args` (`arguments!`), from which the list of known arguments and the call of the reader come.
//! Its row in `docs/<attribute>.md` is written by hand; the constants that editors show are written from the rows.

use std::path::Path;
use std::{env, fs};

use crate::args::{
    ActionArgs, ApiViewOptions, ArgumentsOf, CHILD, ChoiceArgs, ExplicitRelation, FieldArgs, ListArgs,
    NestedArgs, PlainViewSetArgs, SerializerArgs, UniqueArgs, UniqueTogetherArgs, ViewSetArgs,
};
use crate::policies;

/// Every attribute with arguments: the module of the constants, and the arguments that are read.
fn attributes() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("serializer", SerializerArgs::SIGNATURE.known()),
        ("field", FieldArgs::SIGNATURE.known()),
        ("model_viewset", ViewSetArgs::SIGNATURE.known()),
        ("action", ActionArgs::SIGNATURE.known()),
        ("viewset", PlainViewSetArgs::SIGNATURE.known()),
        ("api_view", ApiViewOptions::SIGNATURE.known()),
        ("choice", ChoiceArgs::SIGNATURE.known()),
    ]
}

#[test]
fn every_argument_has_a_row_in_the_documentation() {
    let mut problems = Vec::new();
    // Its arguments are no keys that an editor completes: a class can stand in their place.
    let throttle = ("throttle", policies::throttle::args::ARGUMENTS.to_vec());
    for (attribute, known) in attributes().into_iter().chain([throttle]) {
        let rows = rows(attribute);
        let documented: Vec<&str> = rows.iter().flat_map(|row| row.names()).collect();
        let missing = known.iter().filter(|name| !documented.contains(name));
        problems.extend(missing.map(|name| format!("docs/{}: no row for `{name}`", file(attribute))));
        let unknown = documented.iter().filter(|name| !known.contains(name));
        problems.extend(unknown.map(|name| format!("docs/{}: `{name}` is no argument", file(attribute))));
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Arguments of arguments, such as those of `list(..)`: they have no rows of their own.
#[test]
fn every_inner_argument_is_in_the_row_of_its_argument() {
    let inner = [
        ("serializer", "list", ListArgs::SIGNATURE.known()),
        ("serializer", "unique_together", UniqueTogetherArgs::SIGNATURE.known()),
        ("serializer", "relations", ExplicitRelation::SIGNATURE.known()),
        ("field", "nested", NestedArgs::SIGNATURE.known()),
        ("field", "unique", UniqueArgs::SIGNATURE.known()),
        ("field", "child", CHILD.known.to_vec()),
    ];
    let mut problems = Vec::new();
    for (attribute, argument, known) in inner {
        let rows = rows(attribute);
        let row = rows.iter().find(|row| row.names().any(|name| name == argument)).expect("a row");
        let missing = known.iter().filter(|name| !row.mentions(name));
        problems.extend(missing.map(|name| format!("docs/{}: `{argument}` lacks `{name}`", file(attribute))));
    }
    let of_lists = FieldArgs::SIGNATURE.known();
    let unknown = CHILD.known.iter().filter(|name| !of_lists.contains(name));
    problems
        .extend(unknown.map(|name| format!("`child` takes `{name}`, which is no argument of `#[field]`")));
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_constants_for_editors_are_the_rows_of_the_documentation() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../drf-runtime/src/__private/ide.rs");
    let modules: String = attributes().iter().map(|(attribute, _)| module(attribute)).collect();
    let expected = format!("{HEADER}{modules}");
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, expected).expect("the constants can be written");
        return;
    }
    let found = fs::read_to_string(&path).expect("the constants for editors");
    let differs = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert!(
        found == expected,
        "{} differs from drf-macros/docs; UPDATE_SNAPSHOTS=1 writes it anew:\n{differs:?}",
        path.display()
    );
}

const HEADER: &str = "\
//! The documentation that editors show for the arguments of attributes: one constant each. Only rust-analyzer reads it. A test of
//! drf-macros writes this file from `drf-macros/docs` (`UPDATE_SNAPSHOTS=1`).

#![allow(non_upper_case_globals, reason = \"they are called like the arguments\")]
";

/// A row of a table of arguments.
struct Row {
    cells: [String; 4],
}

impl Row {
    /// Returns the arguments of `` `min_length`, `max_length` ``; a row without code is about other things than arguments.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.cells[0].split('`').skip(1).step_by(2)
    }

    /// Reports if an argument is named in the form or the meaning.
    fn mentions(&self, argument: &str) -> bool {
        let words = self
            .cells
            .iter()
            .skip(1)
            .flat_map(|cell| cell.split(|letter: char| letter != '_' && !letter.is_alphanumeric()));
        words.into_iter().any(|word| word == argument)
    }

    fn constants(&self) -> String {
        let [_, form, default, meaning] = &self.cells;
        let docs = without_links(&format!("{}. Form: {form}. Default: {default}", capitalized(meaning)));
        let constant = |name| format!("    /// {docs}.\n    pub const {name}: () = ();\n");
        self.names().map(constant).collect()
    }
}

/// expands to: `pub mod action { /// About one row.. pub const detail: () = (); .. }`
fn module(attribute: &str) -> String {
    let constants: String = rows(attribute).iter().map(Row::constants).collect();
    format!("\n/// The arguments of `#[{attribute}(..)]`.\npub mod {attribute} {{\n{constants}}}\n")
}

fn file(attribute: &str) -> String {
    format!("{}.md", if attribute == "choice" { "choices" } else { attribute })
}

/// Returns the rows of the table of arguments in the documentation of an attribute.
fn rows(attribute: &str) -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file(attribute));
    let text = fs::read_to_string(path).expect("the documentation of the attribute");
    let table =
        text.split_once("| name | form | default | meaning |\n|---|---|---|---|\n").expect("a table").1;
    table.lines().take_while(|line| line.starts_with('|')).map(row).collect()
}

fn row(line: &str) -> Row {
    let cells: Vec<String> = line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect();
    Row { cells: cells.try_into().expect("a row has four cells") }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Replaces `[text](target)` by its text.
fn without_links(text: &str) -> String {
    let Some((before, (name, after))) =
        text.split_once('[').and_then(|(before, rest)| Some((before, rest.split_once("](")?)))
    else {
        return text.to_owned();
    };
    let rest = after.split_once(')').map_or(after, |(_, rest)| rest);
    format!("{before}{name}{}", without_links(rest))
}
