//! Load by `wrk` from a second process: what the clock, the kernel and the memory say.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use crate::Result;
use crate::data::{Engine, folder};
use crate::measure::Server;
use crate::stack::Stack;
use crate::workload::Workload;

/// How much of it.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    pub engine: Engine,
    pub books: u64,
    pub rounds: u32,
    /// Of each stack in each round
    pub seconds: u32,
}

/// What one stack did in one round.
#[derive(Debug, Clone, Copy, Default)]
pub struct Round {
    pub requests_per_second: f64,
    /// Milliseconds, of which 99 of 100 requests took no more
    pub p99: f64,
    /// Microseconds of the server's processor time per request, user and kernel
    pub cpu: f64,
    /// Resident memory after it, in megabytes
    pub memory: f64,
}

/// How many requests a script has; it begins anew when they are all sent.
const REQUESTS: u64 = 40_000;

/// Connections that are kept open.
const CONNECTIONS: &str = "-c8";

impl Load {
    /// The rounds of each stack, in turns.
    ///
    /// # Errors
    /// If `wrk` is not there, or a request is not answered well.
    pub async fn run(self, workload: Workload) -> Result<[Vec<Round>; 3]> {
        let mut servers = Vec::new();
        for stack in Stack::ALL {
            let url = match workload.writes() {
                true => self.engine.copy(self.books, &format!("load-{stack}")).await?,
                false => self.engine.database(self.books).await?,
            };
            let server = Server::start(Command::new(std::env::current_exe()?), stack, &url)?;
            servers.push((server, url));
        }
        let mut rounds = [Vec::new(), Vec::new(), Vec::new()];
        for round in 0..self.rounds {
            let script = script(workload, u64::from(round) * REQUESTS)?;
            for ((server, _), rounds) in servers.iter().zip(&mut rounds) {
                let round = knock(&[server.id()], server.port, &script, self.seconds);
                rounds.push(round.map_err(|error| format!("{workload}: {error}"))?);
            }
        }
        for (server, url) in servers {
            server.stop()?;
            if workload.writes() {
                self.engine.remove(&url).await?;
            }
        }
        Ok(rounds)
    }
}

/// Sends requests to the processes of a server for some seconds.
///
/// # Errors
/// If `wrk` is not there, or a request is not answered well.
pub fn knock(processes: &[u32], port: u16, script: &PathBuf, seconds: u32) -> Result<Round> {
    let before = sum(processes, cpu_ticks)?;
    let mut command = Command::new("wrk");
    command.args(["-t1", CONNECTIONS, "--timeout", "30s", &format!("-d{seconds}s"), "-s"]).arg(script);
    let output = command.arg(format!("http://127.0.0.1:{port}")).output();
    let output = output.map_err(|error| format!("`wrk` does not start (apt-get install wrk): {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("measured "));
    let line =
        line.ok_or_else(|| format!("wrk did not finish: {text}{}", String::from_utf8_lossy(&output.stderr)))?;
    let numbers: Vec<f64> = line.split(' ').map(str::parse).collect::<Result<_, _>>()?;
    let [requests, microseconds, p99, errors] = numbers[..] else {
        return Err("wrk says something else".into());
    };
    if errors > 0.0 {
        return Err(format!("{errors} of {requests} requests were not answered well").into());
    }
    // the unit of the kernel's clock is 10 milliseconds
    let cpu = (sum(processes, cpu_ticks)? - before) * 10_000.0;
    Ok(Round {
        requests_per_second: requests / microseconds * 1e6,
        p99: p99 / 1000.0,
        cpu: cpu / requests,
        memory: sum(processes, memory)?,
    })
}

fn sum(processes: &[u32], of: fn(u32) -> Result<f64>) -> Result<f64> {
    processes.iter().map(|process| of(*process)).sum()
}

/// The script of a workload for `wrk`.
///
/// # Errors
/// If it cannot be written.
pub fn script(workload: Workload, first: u64) -> Result<PathBuf> {
    write_script(workload.name(), (first..first + REQUESTS).map(|number| workload.ask(number).text()))
}

/// A script for `wrk` with some requests, which it sends in turns.
///
/// # Errors
/// If it cannot be written.
pub fn write_script(name: &str, requests: impl Iterator<Item = String>) -> Result<PathBuf> {
    let mut script = "local asked = {\n".to_owned();
    for request in requests {
        writeln!(script, "{request:?},")?;
    }
    script += "}\nlocal next = 0\n\
        request = function() next = next % #asked + 1; return asked[next] end\n\
        done = function(summary, latency)\n\
          local errors = summary.errors\n\
          local count = errors.connect + errors.read + errors.write + errors.status + errors.timeout\n\
          io.write(string.format('measured %d %d %d %d\\n', summary.requests, summary.duration, \
            latency:percentile(99), count))\n\
        end\n";
    let path = folder()?.join(format!("{name}.lua"));
    std::fs::write(&path, script)?;
    Ok(path)
}

/// The processor time of a process, user and kernel.
fn cpu_ticks(process: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // the name of the program may have blanks, and ends with a bracket
    let (_, fields) = stat.rsplit_once(')').ok_or("a process without a name")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()?)
}

/// The resident memory of a process in megabytes.
///
/// # Errors
/// If there is no such process.
pub fn memory(process: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("a process without memory")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1024.0)
}
