//! The language of comments: a doc comment begins with a verb in the third person or with a noun.

use std::fs;

use super::layers::{files, source};

const OPENINGS: &[&str] = &["What", "Whether", "Who", "Where", "How", "Those", "That"];

#[test]
fn no_doc_comment_begins_with_a_question() {
    let mut problems = Vec::new();
    for file in files(&source()) {
        let text = fs::read_to_string(&file).expect("a source file");
        let mut previous = "";
        for (number, line) in text.lines().map(str::trim_start).enumerate() {
            if docs(previous).is_none() && begins_with_a_question(line) {
                problems.push(format!("{}:{}: {line}", file.display(), number + 1));
            }
            previous = line;
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Returns the text of a line of a doc comment.
fn docs(line: &str) -> Option<&str> {
    line.strip_prefix("///").or(line.strip_prefix("//!"))
}

fn begins_with_a_question(line: &str) -> bool {
    let first = docs(line).and_then(|text| text.split_whitespace().next());
    first.is_some_and(|first| OPENINGS.contains(&first))
}
