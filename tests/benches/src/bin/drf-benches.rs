//! What a request costs in three stacks. `drf-benches table` measures everything; the other commands are its parts.
//!
//! ```text
//! drf-benches table [--on sqlite,postgres] [--only retrieve,list] [--books 10000] [--rounds 5] [--seconds 2]
//!                   [--quick] [--sockets]
//! drf-benches agree [--on sqlite,postgres] [--only retrieve,list] [--books 10000]
//! drf-benches django --python venv/bin/python --project ../shared/conformance/reference [--rounds 5] [--seconds 2]
//! drf-benches gate
//! drf-benches soak [--on sqlite] [--books 10000] [--seconds 600]
//! drf-benches drive <stack> <workload> <url> <send> <made>
//! drf-benches serve <stack> <url>
//! drf-benches bookstore <db> <port>
//! drf-benches compile [--resources 1,10,50] [--rounds 2]
//! drf-benches compile-gate
//! ```

use std::error::Error;
use std::str::FromStr;

use drf_benches::data::Engine;
use drf_benches::django::{Django, serve_bookstore};
use drf_benches::load::Load;
use drf_benches::measure::Way;
use drf_benches::workload::Workload;
use drf_benches::{Result, agree, compile, drive, gate, soak, table};
use pico_args::Arguments;

fn main() -> Result<()> {
    let mut arguments = Arguments::from_env();
    let command = arguments.subcommand()?.unwrap_or_else(String::new);
    // Requests are measured on one thread; the others start processes from several.
    let mut runtime = match command.as_str() {
        "drive" | "serve" => tokio::runtime::Builder::new_current_thread(),
        _ => tokio::runtime::Builder::new_multi_thread(),
    };
    runtime.enable_all().build()?.block_on(run(&command, arguments))
}

async fn run(command: &str, mut arguments: Arguments) -> Result<()> {
    match command {
        "drive" => {
            let (stack, workload) = (arguments.free_from_str()?, arguments.free_from_str()?);
            let url: String = arguments.free_from_str()?;
            let (send, made) = (arguments.free_from_str()?, arguments.free_from_str()?);
            drive::drive(stack, workload, &url, send, made).await
        }
        "serve" => {
            let stack = arguments.free_from_str()?;
            let url: String = arguments.free_from_str()?;
            drive::serve(stack, &url).await
        }
        "bookstore" => {
            let db: String = arguments.free_from_str()?;
            serve_bookstore(&db, arguments.free_from_str()?).await
        }
        "gate" => gate::check().await,
        "soak" => {
            let engine = list(&mut arguments, "--on", &[Engine::Sqlite])?[0];
            let (books, seconds) = (books(&mut arguments)?, arguments.opt_value_from_str("--seconds")?);
            soak::soak(engine, books, seconds.unwrap_or(600)).await
        }
        "agree" => {
            let (workloads, books) =
                (list(&mut arguments, "--only", &Workload::ALL)?, books(&mut arguments)?);
            for engine in list(&mut arguments, "--on", &Engine::ALL)? {
                agree::agree(&workloads, engine, books).await?;
                engine.clean_up().await?;
            }
            Ok(())
        }
        "table" => print_table(arguments).await,
        "django" => {
            let django = Django {
                python: arguments.value_from_str("--python")?,
                project: arguments.value_from_str("--project")?,
                rounds: arguments.opt_value_from_str("--rounds")?.unwrap_or(5),
                seconds: arguments.opt_value_from_str("--seconds")?.unwrap_or(2),
            };
            table::print_machine();
            println!();
            django.print().await
        }
        "compile" => compile::report::print(
            &list(&mut arguments, "--resources", &[1, 10, 50])?,
            arguments.opt_value_from_str("--rounds")?.unwrap_or(2),
        ),
        "compile-gate" => compile::gate::check(),
        other => Err(format!(
            "no command `{other}`; there are table, django, agree, gate, soak, compile, compile-gate, drive, serve, bookstore"
        )
        .into()),
    }
}

async fn print_table(mut arguments: Arguments) -> Result<()> {
    let workloads = list(&mut arguments, "--only", &Workload::ALL)?;
    let engines = list(&mut arguments, "--on", &Engine::ALL)?;
    let (quick, sockets) = (arguments.contains("--quick"), arguments.contains("--sockets"));
    let books = books(&mut arguments)?;
    let rounds = arguments.opt_value_from_str("--rounds")?.unwrap_or(5);
    let seconds = arguments.opt_value_from_str("--seconds")?.unwrap_or(2);
    table::print_machine();
    for engine in engines {
        agree::agree(&workloads, engine, books).await?;
        table::print_instructions(&workloads, Way::Oneshot, engine, books).await?;
        if sockets {
            table::print_instructions(&workloads, Way::Socket, engine, books).await?;
        }
        if !quick {
            table::print_load(&workloads, Load { engine, books, rounds, seconds }).await?;
        }
        engine.clean_up().await?;
    }
    Ok(())
}

fn list<T>(arguments: &mut Arguments, key: &'static str, all: &[T]) -> Result<Vec<T>>
where
    T: FromStr<Err: Into<Box<dyn Error + Send + Sync>>> + Clone,
{
    let Some(names) = arguments.opt_value_from_str::<_, String>(key)? else { return Ok(all.to_vec()) };
    names.split(',').map(|name| name.parse().map_err(Into::into)).collect()
}

fn books(arguments: &mut Arguments) -> Result<u64> {
    Ok(arguments.opt_value_from_str("--books")?.unwrap_or(10_000))
}
