use std::path::PathBuf;
use std::{env, fs};

use super::expand::{expand, pretty};

/// Compares the expansion of an item with `tests/snapshots/<name>.rs`.
pub(super) fn snapshot(name: &str, source: &str) {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots").join(format!("{name}.rs"));
    let input: String = source.trim().lines().map(|line| format!("// {line}\n")).collect();
    let found = format!("{input}\n{}", pretty(expand(source)));
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&file, found).expect("the snapshots can be written");
        return;
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == expected,
        "the expansion differs from {}; UPDATE_SNAPSHOTS=1 writes it anew:\n{}",
        file.display(),
        difference(&expected, &found)
    );
}

/// The first lines that differ.
fn difference(expected: &str, found: &str) -> String {
    let same = expected.lines().zip(found.lines()).take_while(|(expected, found)| expected == found).count();
    let part = |text: &str, sign: &str| -> String {
        text.lines().skip(same).take(12).map(|line| format!("{sign} {line}\n")).collect()
    };
    format!("line {}:\n{}{}", same + 1, part(expected, "-"), part(found, "+"))
}
