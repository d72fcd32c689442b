//! The tables of the documentation, in Markdown.

use std::process::Command;

use crate::Result;
use crate::data::Engine;
use crate::load::{Load, Round};
use crate::measure::{Case, Way};
use crate::stack::Stack;
use crate::workload::Workload;

/// Where, when and with what it was measured.
///
/// # Errors
/// If a program cannot be asked for its version.
pub fn print_machine() {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let model = model.map_or("unknown", |(_, model)| model.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{}, {model}, {cores} cores, {}.", said("date", &["+%d %B %Y"]), said("uname", &["-sr"]));
    println!("{}, {}, {}.", said("rustc", &["-V"]), said("valgrind", &["--version"]), said("psql", &["-V"]));
}

fn said(program: &str, arguments: &[&str]) -> String {
    match Command::new(program).args(arguments).output() {
        Ok(output) => String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        Err(_) => format!("no {program}"),
    }
}

/// Instructions, workload by workload.
///
/// # Errors
/// If something cannot be measured.
pub async fn print_instructions(workloads: &[Workload], way: Way, engine: Engine, books: u64) -> Result<()> {
    let way_name = match way {
        Way::Oneshot => "within the process",
        Way::Socket => "over a socket",
    };
    println!("\n**{engine}, {books} books: thousand instructions per request {way_name}, user space**\n");
    println!("| workload | a: drf | b: sea-orm | c: sqlx | b/a | a/c |");
    println!("|---|--:|--:|--:|--:|--:|");
    for workload in workloads {
        let jobs = Stack::ALL.map(|stack| {
            let case = Case { stack, workload: *workload, way, engine, books };
            tokio::spawn(case.instructions())
        });
        let mut costs = Vec::new();
        for job in jobs {
            costs.push(job.await?? as f64 / 1000.0);
        }
        let [a, b, c] = costs[..] else { continue };
        println!("| {workload} | {a:.1} | {b:.1} | {c:.1} | {:.2} | {:.2} |", b / a, a / c);
    }
    Ok(())
}

/// Load, workload by workload.
///
/// # Errors
/// If something cannot be measured.
pub async fn print_load(workloads: &[Workload], load: Load) -> Result<()> {
    let Load { engine, books, rounds, seconds } = load;
    println!(
        "\n**{engine}, {books} books: load by wrk, 8 connections, {rounds} rounds of {seconds} s in turns**\n"
    );
    println!(
        "| workload | req/s a | b | c | CPU µs/req a | b | c | CPU b/a | CPU a/c | p99 ms a | b | c | MB a | b | c |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for workload in workloads {
        let [a, b, c] = load.run(*workload).await?;
        let each = |of: fn(&Round) -> f64, digits: usize| {
            let cell = |rounds: &[Round]| format!("{:.digits$}", median(rounds.iter().map(of)));
            [cell(&a), cell(&b), cell(&c)].join(" | ")
        };
        let (b_a, a_c) = (spread(&b, &a), spread(&a, &c));
        println!(
            "| {workload} | {} | {} | {b_a} | {a_c} | {} | {} |",
            each(|round| round.requests_per_second, 0),
            each(|round| round.cpu, 0),
            each(|round| round.p99, 1),
            each(|round| round.memory, 0),
        );
    }
    Ok(())
}

/// The median of the ratios of the rounds, and how far they are from it.
pub(crate) fn spread(ours: &[Round], theirs: &[Round]) -> String {
    let ratios: Vec<f64> = ours.iter().zip(theirs).map(|(ours, theirs)| ours.cpu / theirs.cpu).collect();
    let median = median(ratios.iter().copied());
    let spread = ratios.iter().map(|ratio| (ratio - median).abs()).fold(0.0, f64::max);
    format!("{median:.2} ± {spread:.2}")
}

pub(crate) fn median(numbers: impl Iterator<Item = f64>) -> f64 {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}
