//! The table: workload by workload, what a request costs in each stack.

use std::fmt::Write;

use crate::Result;
use crate::measure::{Case, Way};
use crate::stack::Stack;
use crate::workload::Workload;

/// Measures and prints, line by line.
///
/// # Errors
/// If something cannot be measured.
pub async fn print(workloads: &[Workload], way: Way, books: u64) -> Result<()> {
    println!("\nThousand instructions per request, {way:?}, {books} books\n");
    println!("| workload | a: drf | b: sea-orm | c: sqlx | a/b | a/c |");
    println!("|---|--:|--:|--:|--:|--:|");
    for workload in workloads {
        println!("{}", line(*workload, way, books).await?);
    }
    Ok(())
}

async fn line(workload: Workload, way: Way, books: u64) -> Result<String> {
    let jobs = Stack::ALL
        .map(|stack| tokio::spawn(async move { Case { stack, workload, way, books }.instructions().await }));
    let mut costs = Vec::new();
    for job in jobs {
        costs.push(job.await?? as f64 / 1000.0);
    }
    let mut line = format!("| {workload} |");
    for cost in &costs {
        write!(line, " {cost:.1} |")?;
    }
    for other in &costs[1..] {
        write!(line, " {:.2} |", costs[0] / other)?;
    }
    Ok(line)
}
