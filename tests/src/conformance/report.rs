//! What a person reads afterwards.

use std::fmt;

use super::compare::{Kind, Problem};

const PROBLEMS_SHOWN: usize = 6;

/// How every step went.
#[derive(Debug, Default)]
pub struct Report {
    /// In the order of the files
    pub outcomes: Vec<Outcome>,
    /// The number of steps that count on other engines only
    pub elsewhere: usize,
}

/// How one step went.
#[derive(Debug)]
pub struct Outcome {
    /// The topic's name
    pub topic: String,
    /// The scenario's name
    pub scenario: String,
    /// The number of the step, from 1
    pub step: usize,
    /// Method and path
    pub request: String,
    /// Nothing if it passed
    pub problems: Vec<Problem>,
}

impl Report {
    /// How many steps passed.
    pub fn passed(&self) -> usize {
        self.outcomes.len() - self.failed()
    }

    /// How many steps failed.
    pub fn failed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.kind().is_some()).count()
    }
}

impl Outcome {
    /// What is wrong, in one word: the order of keys only if nothing else is. `None` if the step passed.
    pub fn kind(&self) -> Option<Kind> {
        let kinds = self.problems.iter().map(|problem| problem.kind);
        kinds.min_by_key(|kind| (*kind == Kind::Order, *kind))
    }
}

/// A block for each failed step, then a line for each topic, then the totals.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for outcome in &self.outcomes {
            write!(f, "{outcome}")?;
        }
        writeln!(f, "\n{:<28} {:>7} {:>7} {:>11}", "topic", "passed", "failed", "order-only")?;
        for topic in self.outcomes.chunk_by(|a, b| a.topic == b.topic) {
            let failed = topic.iter().filter(|outcome| outcome.kind().is_some()).count();
            let order = topic.iter().filter(|outcome| outcome.kind() == Some(Kind::Order)).count();
            writeln!(f, "{:<28} {:>7} {failed:>7} {order:>11}", topic[0].topic, topic.len() - failed)?;
        }
        if self.elsewhere > 0 {
            writeln!(f, "{} steps are for other engines", self.elsewhere)?;
        }
        write!(f, "{} passed, {} failed", self.passed(), self.failed())
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(kind) = self.kind() else { return Ok(()) };
        writeln!(f, "FAIL [{kind}] {} / {} / {} {}", self.topic, self.scenario, self.step, self.request)?;
        for problem in self.problems.iter().take(PROBLEMS_SHOWN) {
            writeln!(f, "       {}", problem.message)?;
        }
        match self.problems.len().saturating_sub(PROBLEMS_SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "       ... and {more} more"),
        }
    }
}
