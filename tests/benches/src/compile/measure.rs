//! What a crate costs.

use std::fs;

use super::generate::{self, Style};
use super::ir::{self, Function};
use super::libraries::Libraries;
use super::rustc::{Crate, Emit, stripped_size};
use super::subject;
use crate::Result;

/// What is measured of a crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Expanded,
    Check,
    CheckAgain,
    BuildAgain,
    Release,
    Size,
    Stripped,
    Functions,
    Lines,
}

impl Measure {
    pub const ALL: [Self; 9] = [
        Self::Expanded,
        Self::Check,
        Self::CheckAgain,
        Self::BuildAgain,
        Self::Release,
        Self::Size,
        Self::Stripped,
        Self::Functions,
        Self::Lines,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::Expanded => "expanded lines",
            Self::Check => "check, s",
            Self::CheckAgain => "check after a change of one resource, s",
            Self::BuildAgain => "debug build after a change of one resource, s",
            Self::Release => "release build, s",
            Self::Size => "release program, kB",
            Self::Stripped => "the same stripped, kB",
            Self::Functions => "functions for LLVM",
            Self::Lines => "their lines",
        }
    }

    /// The digits after the point that mean something.
    pub fn digits(self) -> usize {
        match self {
            Self::Check | Self::CheckAgain | Self::BuildAgain | Self::Release => 2,
            _ => 0,
        }
    }
}

/// What a crate costs, in the order of [`Measure::ALL`].
pub type Costs = [f64; Measure::ALL.len()];

/// The libraries of both profiles.
#[derive(Debug)]
pub struct Profiles {
    pub debug: Libraries,
    pub release: Libraries,
}

/// A crate of which everything is measured.
#[derive(Debug)]
pub struct Subject {
    pub style: Style,
    pub resources: usize,
    pub costs: Costs,
    pub functions: Vec<Function>,
    debug: Crate,
    release: Crate,
}

impl Subject {
    /// A crate with so many resources, and what is the same every time it is measured.
    ///
    /// # Errors
    /// If it does not compile.
    pub fn new(style: Style, resources: usize, profiles: &Profiles) -> Result<Self> {
        let release = subject(style, resources, &profiles.release)?;
        let debug = Crate { libraries: profiles.debug.clone(), ..release.clone() };
        let functions = ir::functions(&release.compile(Emit::Ir, false)?.0)?;
        let mut this =
            Self { style, resources, costs: [f64::INFINITY; _], functions: Vec::new(), debug, release };
        let sum = ir::total(&functions);
        this.note(Measure::Expanded, this.release.expanded_lines()? as f64);
        this.note(Measure::Functions, sum.functions as f64);
        this.note(Measure::Lines, sum.lines as f64);
        this.functions = functions;
        Ok(this)
    }

    /// Measures the times once more; the shortest ones count.
    ///
    /// # Errors
    /// If the crate does not compile.
    pub fn time(&mut self) -> Result<()> {
        self.note(Measure::Check, self.debug.compile(Emit::Check, false)?.1);
        self.note(Measure::CheckAgain, self.again(Emit::Check)?);
        self.note(Measure::BuildAgain, self.again(Emit::Debug)?);
        let (program, time) = self.release.compile(Emit::Release, false)?;
        self.note(Measure::Release, time);
        self.note(Measure::Size, fs::metadata(&program)?.len() as f64 / 1000.0);
        self.note(Measure::Stripped, stripped_size(&program)? as f64 / 1000.0);
        Ok(())
    }

    /// Compiles incrementally, changes a resource, and compiles again.
    fn again(&self, emit: Emit) -> Result<f64> {
        self.debug.forget()?;
        generate::touch(&self.debug.main, self.style, 5)?;
        self.debug.compile(emit, true)?;
        let mut times = Vec::new();
        for change in [6, 7, 8] {
            generate::touch(&self.debug.main, self.style, change)?;
            times.push(self.debug.compile(emit, true)?.1);
        }
        self.debug.forget()?;
        Ok(times.into_iter().fold(f64::INFINITY, f64::min))
    }

    fn note(&mut self, measure: Measure, cost: f64) {
        let slot = &mut self.costs[measure as usize];
        *slot = slot.min(cost);
    }
}
