//! The language of this crate: how doc comments begin, and names that have given way to the field's terms.

use std::fs;

use super::layers::{files, source};

const OPENINGS: &[&str] = &["What", "Whether", "Who", "Whose", "Where", "How", "Those", "That"];

/// Names of files, types and functions that are not used again, each with the term in its place.
const RETIRED: &[(&str, &str)] = &[
    ("Answer", "Response, ResponseFuture"),
    ("Described", "SerializerBuilder"),
    ("Finding", "AuthenticationFuture"),
    ("Found", "AuthenticationResult"),
    ("Kept", "StatementCache"),
    ("Known", "UserData"),
    ("KnownEntities", "EntityRegistry"),
    ("KnownTokens", "TokenCache"),
    ("Performed", "HookFuture"),
    ("Reached", "ResolverMatch"),
    ("Shows", "RowSerializer"),
    ("Shown", "Output"),
    ("Stored", "DbValue"),
    ("Stores", "Assignments"),
    ("Written", "ColumnValues"),
    ("kept", "statement_cache"),
    ("known", "token_cache, entities"),
    ("shown", "output"),
    ("sizes", "page_size"),
    ("stored", "json_column"),
    ("stores", "assignments"),
    ("unseen", "in_place"),
    ("words", "path"),
    ("written", "column_values"),
    ("zoo", "recorded"),
];

#[test]
fn doc_comments_begin_with_a_verb_or_a_noun() {
    let mut problems = Vec::new();
    for file in files(&source()) {
        let text = fs::read_to_string(&file).expect("a source file");
        let mut previous = "";
        for (number, line) in text.lines().map(str::trim_start).enumerate() {
            let first = docs(line).and_then(|text| text.split_whitespace().next());
            if docs(previous).is_none() && first.is_some_and(|first| OPENINGS.contains(&first)) {
                problems.push(format!("{}:{}: {line}", file.display(), number + 1));
            }
            previous = line;
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn retired_names_are_not_used_again() {
    let mut problems = Vec::new();
    for file in files(&source()) {
        let stem = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("a source file");
        let declared = text.lines().filter_map(declared).chain([stem.as_str()]);
        for name in declared {
            if let Some((_, term)) = RETIRED.iter().find(|(retired, _)| *retired == name) {
                problems.push(format!("{}: `{name}` is called {term}", file.display()));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Returns the text of a line of a doc comment.
fn docs(line: &str) -> Option<&str> {
    line.strip_prefix("///").or(line.strip_prefix("//!"))
}

/// Returns the name of the type or module that a line declares.
fn declared(line: &str) -> Option<&str> {
    let words = ["struct ", "enum ", "trait ", "type ", "mod "];
    let line = line.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ");
    let rest = words.iter().find_map(|word| line.strip_prefix(word))?;
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    Some(&rest[..end])
}
