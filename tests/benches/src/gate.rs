//! What must not become slower: the instructions of drf in relation to those of axum and sqlx, by workload.
//!
//! The limits stand in `limits.txt`. They are there to be lowered.

use crate::Result;
use crate::data::Engine;
use crate::measure::{Case, Way};
use crate::stack::Stack;
use crate::workload::Workload;

const LIMITS: &str = include_str!("../limits.txt");

/// By how much a limit may be above what was measured before it is time to lower it.
const SLACK: f64 = 0.1;

/// Measures each workload that has a limit.
///
/// # Errors
/// If one is above its limit, with all of them.
pub async fn check() -> Result<()> {
    let mut above = Vec::new();
    for line in LIMITS.lines().filter(|line| !line.starts_with('#')) {
        let (workload, limit) = line.split_once(' ').ok_or_else(|| format!("no limit in `{line}`"))?;
        let (workload, limit): (Workload, f64) = (workload.parse()?, limit.trim().parse()?);
        let ratio = ratio(workload).await?;
        println!("{workload:<9} {ratio:.3} of {limit:.2} {}", remark(ratio, limit));
        if ratio > limit {
            above.push(format!(
                "`{workload}` costs {ratio:.3} times what axum and sqlx cost, more than {limit:.2}"
            ));
        }
    }
    match above.is_empty() {
        true => Ok(()),
        false => {
            Err(format!("{}\nsee tests/benches/limits.txt and `drf-benches table`", above.join("\n")).into())
        }
    }
}

fn remark(ratio: f64, limit: f64) -> &'static str {
    if ratio > limit {
        "TOO MUCH"
    } else if ratio + SLACK < limit {
        "(the limit can be lowered)"
    } else {
        ""
    }
}

async fn ratio(workload: Workload) -> Result<f64> {
    let cost = |stack| {
        let case = Case { stack, workload, way: Way::Oneshot, engine: Engine::Sqlite, books: 10_000 };
        tokio::spawn(case.instructions())
    };
    let (ours, theirs) = (cost(Stack::Drf), cost(Stack::Sqlx));
    Ok(ours.await?? as f64 / theirs.await?? as f64)
}
