//! The layers of this crate: `args` ← `spec` ← `codegen`. A module uses those below it.

use std::fs;
use std::path::{Path, PathBuf};

/// A layer, with what its files must not name.
struct Layer {
    name: &'static str,
    forbidden: &'static [&'static str],
}

const LAYERS: &[Layer] = &[
    Layer { name: "args", forbidden: &["crate::spec", "crate::codegen", "crate::paths", "crate::entry"] },
    Layer {
        name: "spec",
        forbidden: &[
            "crate::codegen",
            "crate::paths",
            "crate::entry",
            "quote!",
            "quote_spanned!",
            "parse_quote!",
        ],
    },
    Layer { name: "codegen", forbidden: &["crate::args", "crate::entry", "syn::Meta"] },
];

#[test]
fn no_layer_names_one_above() {
    let mut problems = Vec::new();
    for file in files(&source()) {
        let Some(layer) = layer(&file) else { continue };
        let text = fs::read_to_string(&file).expect("a source file");
        for (number, line) in text.lines().enumerate() {
            let code = absolute(line.split("//").next().unwrap_or_default(), &file);
            for name in layer.forbidden.iter().filter(|name| names(&code, name)) {
                problems.push(format!(
                    "{}:{}: `{}` must not use `{name}`",
                    file.display(),
                    number + 1,
                    layer.name
                ));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn an_import_from_above_is_found() {
    let file = source().join("args/values.rs");
    assert!(names(&absolute("use super::super::spec::Source;", &file), "crate::spec"));
    assert!(names(&absolute("use crate::{codegen, ide};", &file), "crate::codegen"));
    assert!(!names(&absolute("use crate::spectrum::Red;", &file), "crate::spec"));
    assert!(!names(&absolute("parse_quote!(#a)", &file), "quote!"));
    assert_eq!(layer(&source().join("policies/throttle/args.rs")).map(|layer| layer.name), Some("args"));
    assert!(layer(&source().join("policies/throttle/rate.rs")).is_none());
}

pub(super) fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Returns the layer of a file: its folder, or its name in the folder of a policy.
fn layer(file: &Path) -> Option<&'static Layer> {
    let path = file.strip_prefix(source()).ok()?;
    let mut names = path.iter().map(|name| name.to_string_lossy());
    let first = names.next()?;
    let name = if first == "policies" { path.file_stem()?.to_string_lossy() } else { first };
    LAYERS.iter().find(|layer| layer.name == name)
}

pub(super) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    folders.iter().flat_map(|folder| self::files(folder)).chain(files).collect()
}

/// Returns a line with paths from the root of the crate: `super::super::spec` is `crate::spec`, and `crate::{a, b}` is both.
fn absolute(line: &str, file: &Path) -> String {
    let depth = file.strip_prefix(source()).map_or(0, |path| path.iter().count());
    // `mod.rs` is one level up.
    let depth = if file.ends_with("mod.rs") { depth - 1 } else { depth };
    let line = line.replace(&"super::".repeat(depth), "crate::");
    match line.split_once("crate::{") {
        Some((before, group)) => {
            let names = group.split([',', '}']).map(|name| format!("crate::{};", name.trim()));
            format!("{before}{}", names.collect::<String>())
        }
        None => line,
    }
}

/// Tells whether a line names a path or a macro, and not one that only begins or ends like it.
fn names(line: &str, name: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(name).any(|(start, _)| {
        let (before, after) = (&line[..start], &line[start + name.len()..]);
        !before.ends_with(is_word) && (name.ends_with('!') || !after.starts_with(is_word))
    })
}
