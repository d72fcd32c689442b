//! Whether a further resource costs the compiler more than it may: what does not depend on the machine.

use std::fmt::Write;

use serde::Deserialize;

use super::generate::{self, Style};
use super::ir::{self, Function};
use super::libraries::Libraries;
use super::rustc::Emit;
use crate::Result;

const LIMITS: &str = include_str!("../../compile-limits.json");

/// Two crates, whose difference is so many resources.
const RESOURCES: (usize, usize) = (1, 6);

/// What a further resource may add.
#[derive(Debug, Deserialize)]
struct Limits {
    expanded_lines: usize,
    llvm_lines: usize,
    runtime_functions: usize,
    /// In percent of the LLVM lines of the same resource by hand
    percent_of_by_hand: usize,
}

/// What a further resource adds.
#[derive(Debug)]
struct Growth {
    expanded_lines: usize,
    llvm_lines: usize,
    /// The functions that are there because of it
    functions: Vec<Function>,
}

/// Compares what a further resource adds with what it may add.
///
/// # Errors
/// With everything of which there is too much.
pub fn check() -> Result<()> {
    let limits: Limits = serde_json::from_str(LIMITS)?;
    let libraries = Libraries::of(&super::target()?, &["--release"])?;
    let (drf, hand) = (Growth::of(Style::Drf, &libraries)?, Growth::of(Style::Hand, &libraries)?);
    let runtime = ir::of_resource(&drf.functions, "", ir::runtime_name);
    let runtime_functions = runtime.values().map(|sum| sum.functions).sum();
    let checks = [
        ("expanded lines", drf.expanded_lines, limits.expanded_lines),
        ("lines for LLVM", drf.llvm_lines, limits.llvm_lines),
        ("functions of the runtime", runtime_functions, limits.runtime_functions),
        (
            "% of the by-hand lines for LLVM",
            drf.llvm_lines * 100 / hand.llvm_lines,
            limits.percent_of_by_hand,
        ),
    ];
    println!("A further resource, with drf; the same by hand has {} lines for LLVM\n", hand.llvm_lines);
    println!("| | found | allowed |\n|---|--:|--:|");
    for (what, found, allowed) in checks {
        println!("| {what} | {found} | {allowed} |");
    }
    match checks.iter().all(|(_, found, allowed)| found <= allowed) {
        true => Ok(()),
        false => Err(refusal(&drf.functions).into()),
    }
}

fn refusal(functions: &[Function]) -> String {
    let mut text =
        "a further resource costs the compiler more than tests/benches/compile-limits.json allows; \
                    the longest functions that it brings:"
            .to_owned();
    let named = ir::of_resource(functions, "", |function| Some(ir::plain(&function.name)));
    for (name, sum) in super::report::by_lines(named).into_iter().take(20) {
        // a `String` takes everything
        let _ = write!(text, "\n{:>7} lines in {} × {name}", sum.lines, sum.functions);
    }
    text
}

impl Growth {
    fn of(style: Style, libraries: &Libraries) -> Result<Self> {
        let few = super::subject(style, RESOURCES.0, libraries)?;
        let many = super::subject(style, RESOURCES.1, libraries)?;
        let each = |few: usize, many: usize| many.saturating_sub(few) / (RESOURCES.1 - RESOURCES.0);
        let before = ir::functions(&few.compile(Emit::Ir, false)?.0)?;
        let mut functions = ir::functions(&many.compile(Emit::Ir, false)?.0)?;
        let llvm_lines = each(ir::total(&before).lines, ir::total(&functions).lines);
        let last = generate::name(RESOURCES.1);
        functions.retain(|function| function.name.contains(&last));
        let expanded_lines = each(few.expanded_lines()?, many.expanded_lines()?);
        Ok(Self { expanded_lines, llvm_lines, functions })
    }
}
