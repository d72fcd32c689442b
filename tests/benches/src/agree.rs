//! Whether the stacks answer the same.

use axum::Router;
use http::HeaderMap;

use crate::Result;
use crate::data::Engine;
use crate::drive::{Answered, send};
use crate::stack::Stack;
use crate::workload::Workload;

/// How many requests of a kind are compared.
const REQUESTS: u64 = 5;

/// Compares the answers of the stacks, each on a database of its own: statuses, headers and bodies.
///
/// # Errors
/// With the answers, if some are unlike.
pub async fn agree(workloads: &[Workload], engine: Engine, books: u64) -> Result<()> {
    let mut routers = Vec::new();
    for stack in Stack::ALL {
        let url = engine.copy(books, &format!("agree-{stack}")).await?;
        routers.push((stack, stack.router(&url).await?, url));
    }
    for workload in workloads {
        for number in 0..REQUESTS {
            compare(&routers, *workload, number).await?;
        }
    }
    for (_, router, url) in routers {
        drop(router);
        engine.remove(&url).await?;
    }
    Ok(())
}

async fn compare(routers: &[(Stack, Router, String)], workload: Workload, number: u64) -> Result<()> {
    let mut first: Option<Answered> = None;
    for (stack, router, _) in routers {
        let answer = masked(send(router, workload.ask(number).request()?).await?, workload);
        let first = first.get_or_insert_with(|| copy_of(&answer));
        if !answer.status.is_success() || answer != *first {
            return Err(
                format!("{workload} {number}: {stack} is unlike\n{}", difference(&answer, first)).into()
            );
        }
    }
    Ok(())
}

/// The time at which a row was made is not the same twice.
fn masked(mut answer: Answered, workload: Workload) -> Answered {
    let start = answer.body.find(r#""created":""#).filter(|_| workload == Workload::Create);
    if let Some(start) = start.map(|start| start + r#""created":""#.len()) {
        let length = answer.body[start..].find('"').unwrap_or_default();
        answer.body.replace_range(start..start + length, "now");
    }
    answer
}

/// Both answers from shortly before the place where they part.
fn difference(one: &Answered, other: &Answered) -> String {
    let [one, other] = [one, other].map(|answer| format!("{answer:?}"));
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    let [one, other] =
        [one, other].map(|text| text.chars().skip(same.saturating_sub(60)).take(160).collect::<String>());
    format!("{one}\n{other}")
}

fn copy_of(answer: &Answered) -> Answered {
    let headers: HeaderMap = answer.headers.clone();
    Answered { status: answer.status, headers, body: answer.body.clone() }
}
