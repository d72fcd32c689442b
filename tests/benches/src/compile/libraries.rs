//! What the generated crates are compiled against: the libraries that cargo built for this crate.
//!
//! They are asked for, not built again: cargo says where each one is.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Result;

/// What the resources name.
const NAMES: [&str; 9] =
    ["axum", "chrono", "drf", "http", "sea_orm", "serde", "serde_json", "tokio", "rust_decimal"];

/// Libraries of one profile.
#[derive(Debug, Clone)]
pub struct Libraries {
    pub folder: PathBuf,
    pub externs: Vec<(String, PathBuf)>,
}

impl Libraries {
    /// Those of a profile in a target directory, built if they are not there: `["--release"]`.
    ///
    /// # Errors
    /// If they do not compile.
    pub fn of(target: &Path, profile: &[&str]) -> Result<Self> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["build", "--package", "drf-benches", "--lib", "--locked"]).args(profile);
        cargo.args(["--message-format", "json-render-diagnostics", "--target-dir"]).arg(target);
        cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
        // `cargo run` describes this package to this program; build scripts that look there would all run anew.
        for (name, _) in std::env::vars_os() {
            if is_about_a_package(&name.to_string_lossy()) {
                cargo.env_remove(name);
            }
        }
        let output = cargo.stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err("the libraries cannot be built".into());
        }
        let messages = String::from_utf8(output.stdout)?;
        Self::among(messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
    }

    fn among(messages: Vec<Value>) -> Result<Self> {
        let this = artifact(&messages, "drf_benches", None).ok_or("cargo built nothing")?;
        let mut externs = Vec::new();
        for name in NAMES {
            let found = artifact(&messages, name, Some(&this["profile"]));
            let found = found.or_else(|| artifact(&messages, name, None));
            let file = found.and_then(library).ok_or_else(|| format!("there is no library `{name}`"))?;
            externs.push((name.to_owned(), file));
        }
        let folder = externs[0].1.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Self { folder, externs })
    }
}

fn is_about_a_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_", "CARGO_BIN_", "CARGO_PRIMARY_"]
        .iter()
        .any(|start| variable.starts_with(start))
}

/// The message about a library; build scripts may have one of the same name, with another profile.
fn artifact<'a>(messages: &'a [Value], name: &str, profile: Option<&Value>) -> Option<&'a Value> {
    messages.iter().find(|message| {
        message["reason"] == "compiler-artifact"
            && message["target"]["name"].as_str().is_some_and(|found| found.replace('-', "_") == name)
            && profile.is_none_or(|profile| profile["opt_level"] == message["profile"]["opt_level"])
            && library(message).is_some()
    })
}

fn library(message: &Value) -> Option<PathBuf> {
    let mut files = message["filenames"].as_array()?.iter().filter_map(Value::as_str);
    files.find(|file| file.ends_with(".rlib")).map(PathBuf::from)
}
