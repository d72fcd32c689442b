//! Plays one scenario: its steps in order, on a server and a database of its own.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::answer::Answer;
use super::cases::{Scenario, Step};
use super::client;
use super::compare::{Kind, Problem, compare};
use super::request::Request;
use super::scratch::Template;
use super::server::{Running, Server};
use super::transcript::Transcript;
use super::variables::Variables;

const TIMEOUT: Duration = Duration::from_secs(20);
/// A server that hung once is not waited for again.
const SHORT_TIMEOUT: Duration = Duration::from_secs(1);

/// Problems of each step; a step without problems passed.
pub async fn play(scenario: &Scenario, server: &Server, template: &Template) -> Vec<Vec<Problem>> {
    let every_step = |problem: Problem| vec![vec![problem]; scenario.steps.len()];
    let golden = match &scenario.golden {
        Some(golden) if golden.len() == scenario.steps.len() => golden,
        _ => return every_step(Problem::new(Kind::Golden, "no golden transcript for this scenario")),
    };
    let scratch = match template.copy() {
        Ok(scratch) => scratch,
        Err(error) => return every_step(Problem::new(Kind::Start, error.to_string())),
    };
    match server.start(&scratch.database()).await {
        Ok(running) => play_steps(&scenario.steps, golden, running).await,
        Err(problem) => every_step(Problem::new(Kind::Start, problem)),
    }
}

async fn play_steps(steps: &[Step], golden: &[Transcript], mut running: Running) -> Vec<Vec<Problem>> {
    let mut player = Player { server: running.address, variables: Variables::of(steps), timeout: TIMEOUT };
    let mut results = Vec::new();
    for (step, golden) in steps.iter().zip(golden) {
        results.push(match player.play(step).await {
            Ok(answer) => compare(golden, &Transcript::of(&answer, &step.compare)),
            Err(problem) => {
                let ending = running.ended().map(|ending| format!(" ({ending})")).unwrap_or_default();
                vec![Problem::new(Kind::Crash, problem + &ending)]
            }
        });
    }
    results
}

struct Player {
    server: SocketAddr,
    variables: Variables,
    timeout: Duration,
}

impl Player {
    async fn play(&mut self, step: &Step) -> Result<Answer, String> {
        if let Some(seconds) = step.sleep {
            sleep(Duration::from_secs_f64(seconds)).await;
        }
        let request = Request::new(&self.variables.fill(&step.request)?)?;
        let answer = self.send(&request).await?;
        self.variables.save(step, &answer);
        Ok(answer)
    }

    async fn send(&mut self, request: &Request) -> Result<Answer, String> {
        let answer = timeout(self.timeout, client::send(self.server, request)).await;
        let answer = answer.unwrap_or_else(|elapsed| {
            self.timeout = SHORT_TIMEOUT;
            Err(std::io::Error::new(ErrorKind::TimedOut, elapsed))
        });
        answer.map_err(|error| format!("no answer: {error}"))
    }
}
