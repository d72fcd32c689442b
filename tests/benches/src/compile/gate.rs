//! Whether a further resource costs the compiler more than it may: what does not depend on the machine.
//!
//! The limits stand in `compile-limits.txt`. They are there to be lowered.

use std::fmt::Write;

use super::generate::{self, Style};
use super::ir::{self, Function};
use super::libraries::Libraries;
use super::report::by_lines;
use super::rustc::Emit;
use crate::Result;

const LIMITS: &str = include_str!("../../compile-limits.txt");

/// By how many percent a limit may be above what was found before it is time to lower it.
const SLACK: usize = 5;

/// Two crates, whose difference is so many resources.
const RESOURCES: (usize, usize) = (1, 6);

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
    let libraries = Libraries::of(&super::target()?, &["--release"])?;
    let (drf, hand) = (Growth::of(Style::Drf, &libraries)?, Growth::of(Style::Hand, &libraries)?);
    let mut above = String::new();
    for line in LIMITS.lines().filter(|line| !line.starts_with('#')) {
        let (what, limit) = line.split_once(' ').ok_or_else(|| format!("no limit in `{line}`"))?;
        let (found, limit) = (drf.measure(what, &hand)?, limit.trim().parse()?);
        println!("{what:<18} {found:>6} of {limit:>6} {}", remark(found, limit));
        if found > limit {
            // a `String` takes everything
            let _ = writeln!(above, "`{what}` of a further resource is {found}, more than {limit}");
        }
    }
    if above.is_empty() { Ok(()) } else { Err(refusal(above, &drf.functions).into()) }
}

fn remark(found: usize, limit: usize) -> &'static str {
    if found > limit {
        "TOO MUCH"
    } else if found * (100 + SLACK) < limit * 100 {
        "(the limit can be lowered)"
    } else {
        ""
    }
}

fn refusal(mut text: String, functions: &[Function]) -> String {
    text +=
        "see tests/benches/compile-limits.txt and `drf-benches compile`; the longest functions it brings:";
    let named = ir::of_resource(functions, "", |function| Some(ir::plain(&function.name)));
    for (name, sum) in by_lines(named).into_iter().take(20) {
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

    fn measure(&self, what: &str, by_hand: &Self) -> Result<usize> {
        match what {
            "expanded-lines" => Ok(self.expanded_lines),
            "llvm-lines" => Ok(self.llvm_lines),
            "runtime-functions" => Ok(self.functions.iter().filter_map(ir::runtime_name).count()),
            "percent-of-by-hand" => Ok(self.llvm_lines * 100 / by_hand.llvm_lines.max(1)),
            other => Err(format!("nothing is called `{other}`").into()),
        }
    }
}
