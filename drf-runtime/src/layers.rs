//! The layers of this crate. A module uses those below it, and `.github/ARCHITECTURE.md` lists them in the same order.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the ground up: those of a layer, too, use only the ones before them.
const LAYERS: &[(&str, &[&str])] = &[
    ("values", &["blocking", "class", "uploads", "text", "media_type", "value", "exceptions", "settings"]),
    ("data", &["schema", "db", "connect", "cache", "deletion"]),
    ("app", &["accounts", "app"]),
    ("HTTP", &["parsers", "urls", "request", "response"]),
    ("policies", &["renderers", "negotiation", "authentication", "permissions", "throttling", "pagination"]),
    ("data and wire", &["fields", "serializers", "lookups", "filters", "django_filters"]),
    ("views", &["views"]),
    ("routing", &["routers"]),
    ("batteries", &["authtoken", "browsable", "testing", "serve"]),
    ("beside the layers", &["__private", "guide", "prelude", "layers", "language"]),
];

#[test]
fn no_module_uses_one_above_it() {
    let mut problems = Vec::new();
    for file in files(&source()) {
        let path = file.strip_prefix(source()).expect("a file of this crate");
        let Some(module) = module(path) else { continue };
        let place = position(&module).unwrap_or_else(|| panic!("`{module}` is not in the table of layers"));
        let text = fs::read_to_string(&file).expect("a source file");
        for (line, used) in uses(&without_tests(&text), path) {
            if position(&used).is_some_and(|used| used > place) {
                problems.push(format!("{}:{line}: `{module}` must not use `{used}`", path.display()));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn the_architecture_lists_the_layers() {
    let page = include_str!("../../.github/ARCHITECTURE.md");
    for (layer, modules) in LAYERS.iter().take(LAYERS.len() - 1) {
        let modules: Vec<_> = modules.iter().map(|module| format!("`{module}`")).collect();
        let row = format!("| {layer} | {} |", modules.join(", "));
        assert!(page.contains(&row), "a row of `.github/ARCHITECTURE.md` must begin with: {row}");
    }
}

#[test]
fn uses_are_found() {
    let file = Path::new("fields/text.rs");
    let found = |line: &str| uses(line, file).into_iter().map(|(_, module)| module).collect::<Vec<_>>();
    assert_eq!(found("use crate::views::Action;"), ["views"]);
    assert_eq!(
        found("use crate::{\n    routers::Urls,\n    value::{Dict, Value},\n};"),
        ["routers", "value"]
    );
    assert_eq!(found("use super::super::serializers::Serializer;"), ["serializers"]);
    assert_eq!(found("use super::{Field, list};"), [""; 0]);
    assert_eq!(found("let page = crate::routers::page(); // crate::views"), ["routers"]);
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {\n    use b;\n}\nc").trim(), "a\n\n\n\n\nc");
}

pub(crate) fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    folders.iter().flat_map(|folder| self::files(folder)).chain(files).collect()
}

/// Returns the top module of a file, unless it is the root or a test.
fn module(path: &Path) -> Option<String> {
    let top = path.iter().next()?.to_string_lossy();
    let top = top.strip_suffix(".rs").unwrap_or(&top).to_owned();
    let is_test = path.iter().any(|name| name == "tests");
    (top != "lib" && !is_test).then_some(top)
}

fn position(module: &str) -> Option<usize> {
    LAYERS.iter().flat_map(|(_, modules)| *modules).position(|known| *known == module)
}

/// Empties the lines of test modules.
fn without_tests(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let (mut previous, mut inside) = ("", false);
    for line in text.lines() {
        inside |= previous == "#[cfg(test)]" && line.ends_with('{');
        lines.push(if inside || line == "#[cfg(test)]" { "" } else { line });
        inside &= line != "}";
        previous = line;
    }
    lines.join("\n")
}

/// Returns the top modules that a file names, with the numbers of the lines.
fn uses(text: &str, path: &Path) -> Vec<(usize, String)> {
    let depth = path.iter().count() - usize::from(path.ends_with("mod.rs"));
    let code: Vec<_> = text.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = code.join("\n").replace(&"super::".repeat(depth), "crate::");
    let is_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    let mut found = Vec::new();
    for (start, _) in code.match_indices("crate::") {
        let line = code[..start].lines().count();
        let rest = &code[start + "crate::".len()..];
        let names = match rest.strip_prefix('{') {
            Some(group) => members(group),
            None => vec![rest],
        };
        for name in names {
            let end = name.find(|letter| !is_name(letter)).unwrap_or(name.len());
            if end > 0 {
                found.push((line, name[..end].to_owned()));
            }
        }
    }
    found
}

/// Returns what a group of imports begins with, one text for each of its members.
fn members(group: &str) -> Vec<&str> {
    let (mut depth, mut members, mut start) = (0, Vec::new(), 0);
    for (index, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                members.push(&group[start..index]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                members.push(&group[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    members.into_iter().map(str::trim).collect()
}
