//! The compiler, without cargo before it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::libraries::Libraries;
use crate::Result;

/// What is made of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emit {
    /// Nothing but errors: `cargo check`
    Check,
    /// A program as `cargo build` makes it
    Debug,
    /// A program as `cargo build --release` makes it
    Release,
    /// LLVM's input, before it optimises
    Ir,
}

impl Emit {
    fn flags(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["--emit=metadata"],
            Self::Debug => &["--emit=link", "-Cdebuginfo=2"],
            Self::Release => &["--emit=link", "-Copt-level=3"],
            Self::Ir => &[
                "--emit=llvm-ir",
                "-Copt-level=3",
                "-Ccodegen-units=1",
                "-Cno-prepopulate-passes",
                "-Csymbol-mangling-version=v0",
            ],
        }
    }
}

/// A crate to be compiled: where its `main.rs` is, and what it depends on.
#[derive(Debug, Clone)]
pub struct Crate {
    pub main: PathBuf,
    pub libraries: Libraries,
}

impl Crate {
    /// The file that comes out, and the seconds of processor time that it takes.
    ///
    /// # Errors
    /// If the crate does not compile.
    pub fn compile(&self, emit: Emit, incremental: bool) -> Result<(PathBuf, f64)> {
        let out = self.main.with_file_name(format!("{emit:?}").to_lowercase());
        let mut rustc = self.rustc();
        rustc.args(emit.flags()).arg("-o").arg(&out);
        if incremental {
            let kept = self.main.with_file_name(format!("{emit:?}-kept").to_lowercase());
            rustc.arg(format!("-Cincremental={}", kept.display()));
        }
        let before = processor_time()?;
        if !rustc.status()?.success() {
            return Err(format!("{} does not compile", self.main.display()).into());
        }
        Ok((out, processor_time()? - before))
    }

    /// The lines of what macros expand to, all derives among them.
    ///
    /// # Errors
    /// If the crate does not compile.
    pub fn expanded_lines(&self) -> Result<usize> {
        let mut rustc = self.rustc();
        // Printing it is for nightly compilers only; that there is such a line count is all we need of it.
        rustc.env("RUSTC_BOOTSTRAP", "1").arg("-Zunpretty=expanded");
        let output = rustc.stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("{} cannot be expanded", self.main.display()).into());
        }
        Ok(output.stdout.split(|byte| *byte == b'\n').count())
    }

    /// What incremental compilation kept, removed.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn forget(&self) -> Result<()> {
        for emit in [Emit::Check, Emit::Debug] {
            let kept = self.main.with_file_name(format!("{emit:?}-kept").to_lowercase());
            if kept.exists() {
                fs::remove_dir_all(kept)?;
            }
        }
        Ok(())
    }

    fn rustc(&self) -> Command {
        let mut rustc = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        rustc.args(["--edition=2024", "--crate-name=resources", "--cap-lints=allow"]).arg(&self.main);
        rustc.arg("-L").arg(format!("dependency={}", self.libraries.folder.display()));
        for (name, file) in &self.libraries.externs {
            rustc.arg("--extern").arg(format!("{name}={}", file.display()));
        }
        rustc
    }
}

/// The program without its symbols.
///
/// # Errors
/// If there is no `strip`.
pub fn stripped_size(program: &Path) -> Result<u64> {
    let stripped = program.with_extension("stripped");
    let status = Command::new("strip").arg("-o").arg(&stripped).arg(program).status()?;
    if !status.success() {
        return Err(format!("{} cannot be stripped", program.display()).into());
    }
    Ok(fs::metadata(stripped)?.len())
}

/// The processor time of all processes that this one has waited for, in seconds. Other work on the machine does not
/// count.
fn processor_time() -> Result<f64> {
    /// Of the kernel's clock, in a second
    const TICKS: f64 = 100.0;
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    // user and system time of children are the fields 16 and 17, and the third one is the first after the name
    let ticks = after_name.split_whitespace().skip(13).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS)
}
