//! Memory under load: it must stay where it is once everything is warm.

use std::process::Command;

use crate::Result;
use crate::data::Engine;
use crate::load::{knock, memory, script};
use crate::measure::Server;
use crate::stack::Stack;
use crate::workload::Workload;

/// The seconds between two looks.
const STEP: u32 = 10;

/// Loads drf with the reads in turns, and prints its memory from time to time.
///
/// # Errors
/// If the memory after the end is more than a tenth above that after the first round.
pub async fn soak(engine: Engine, books: u64, seconds: u32) -> Result<()> {
    // none that is throttled: what a throttle counted is kept for its whole period
    let reads = [Workload::Retrieve, Workload::List, Workload::Embedded, Workload::Filter];
    let scripts = reads.iter().map(|workload| script(*workload, 0)).collect::<Result<Vec<_>>>()?;
    let url = engine.database(books).await?;
    let server = Server::start(Command::new(std::env::current_exe()?), Stack::Drf, &url)?;
    let rounds = (seconds / STEP).max(2 * scripts.len() as u32);
    let mut first = 0.0;
    for round in 0..rounds {
        let index = round as usize % scripts.len();
        knock(&[server.id()], server.port, &scripts[index], STEP.min(seconds / rounds).max(1))?;
        let now = memory(server.id())?;
        println!("{:>5} s  {:<9} {now:.1} MB", (round + 1) * STEP, reads[index].name());
        if round as usize + 1 == scripts.len() {
            first = now;
        }
    }
    let last = memory(server.id())?;
    server.stop()?;
    match last <= first * 1.1 {
        true => Ok(()),
        false => Err(format!("the memory grew from {first:.1} to {last:.1} MB").into()),
    }
}
