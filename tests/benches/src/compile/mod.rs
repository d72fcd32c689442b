//! What a further resource costs the compiler: the same resource with drf and by hand, in crates that have 1, 10 and 50
//! of them.
//!
//! ```text
//! $ cargo run --release -p drf-benches -- compile
//! $ cargo run --release -p drf-benches -- compile-gate
//! ```
//!
//! [`generate`] writes the crates, [`libraries`] asks cargo for what they depend on, [`rustc`] compiles them without
//! cargo between, [`ir`] reads what the compiler made. The [`gate`] looks at what is the same every time: lines.

pub mod gate;
pub mod generate;
pub mod ir;
pub mod libraries;
pub mod measure;
pub mod report;
pub mod rustc;
pub mod subject;

use std::path::PathBuf;

use crate::Result;
use generate::Style;
use libraries::Libraries;
use rustc::Crate;

/// The target directory of the workspace: this program was built into it.
///
/// # Errors
/// If the program stands alone.
pub fn target() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or("this program is in no target directory")?;
    Ok(target.to_owned())
}

/// A crate with so many resources, written anew.
///
/// # Errors
/// If it cannot be written.
pub fn subject(style: Style, resources: usize, libraries: &Libraries) -> Result<Crate> {
    let main = generate::write(&target()?.join("compile"), style, resources)?;
    Ok(Crate { main, libraries: libraries.clone() })
}
