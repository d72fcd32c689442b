//! What a request costs in three stacks. `drf-benches table` measures everything; the other commands are its parts.
//!
//! ```text
//! drf-benches table [--only retrieve,list] [--books 10000] [--way oneshot|socket]
//! drf-benches agree [--only retrieve,list] [--books 10000]
//! drf-benches drive <stack> <workload> <file> <send> <made>
//! drf-benches serve <stack> <file>
//! drf-benches compile [--resources 1,10,50] [--rounds 2]
//! drf-benches compile-gate
//! ```

use std::path::PathBuf;

use drf_benches::compile;
use drf_benches::measure::Way;
use drf_benches::workload::Workload;
use drf_benches::{Result, agree, drive, table};
use pico_args::Arguments;

fn main() -> Result<()> {
    let mut arguments = Arguments::from_env();
    let command = arguments.subcommand()?.unwrap_or_default();
    // Requests are measured on one thread; the table starts processes from several.
    let mut runtime = match command.as_str() {
        "table" => tokio::runtime::Builder::new_multi_thread(),
        _ => tokio::runtime::Builder::new_current_thread(),
    };
    runtime.enable_all().build()?.block_on(run(&command, arguments))
}

async fn run(command: &str, mut arguments: Arguments) -> Result<()> {
    match command {
        "drive" => {
            let (stack, workload) = (arguments.free_from_str()?, arguments.free_from_str()?);
            let db: PathBuf = arguments.free_from_str()?;
            let (send, made) = (arguments.free_from_str()?, arguments.free_from_str()?);
            drive::drive(stack, workload, &db, send, made).await
        }
        "serve" => {
            let stack = arguments.free_from_str()?;
            let db: PathBuf = arguments.free_from_str()?;
            drive::serve(stack, &db).await
        }
        "agree" => {
            let (workloads, books) = (only(&mut arguments)?, books(&mut arguments)?);
            agree::agree(&workloads, books).await
        }
        "table" => {
            let (workloads, books) = (only(&mut arguments)?, books(&mut arguments)?);
            agree::agree(&workloads, books).await?;
            for way in ways(&mut arguments)? {
                table::print(&workloads, way, books).await?;
            }
            Ok(())
        }
        "compile" => {
            let resources: String =
                arguments.opt_value_from_str("--resources")?.unwrap_or_else(|| "1,10,50".to_owned());
            let resources: Vec<usize> = resources.split(',').map(str::parse).collect::<Result<_, _>>()?;
            compile::report::print(&resources, arguments.opt_value_from_str("--rounds")?.unwrap_or(2))
        }
        "compile-gate" => compile::gate::check(),
        other => {
            Err(format!("no command `{other}`; there are table, agree, drive, serve, compile, compile-gate")
                .into())
        }
    }
}

fn only(arguments: &mut Arguments) -> Result<Vec<Workload>> {
    let Some(names) = arguments.opt_value_from_str::<_, String>("--only")? else {
        return Ok(Workload::ALL.to_vec());
    };
    Ok(names.split(',').map(str::parse).collect::<Result<_, String>>()?)
}

fn books(arguments: &mut Arguments) -> Result<u64> {
    Ok(arguments.opt_value_from_str("--books")?.unwrap_or(10_000))
}

fn ways(arguments: &mut Arguments) -> Result<Vec<Way>> {
    match arguments.opt_value_from_str::<_, String>("--way")?.as_deref() {
        None => Ok(vec![Way::Oneshot, Way::Socket]),
        Some("oneshot") => Ok(vec![Way::Oneshot]),
        Some("socket") => Ok(vec![Way::Socket]),
        Some(other) => Err(format!("no way `{other}`; there are oneshot, socket").into()),
    }
}
