//! Plays one scenario: its steps in order, on a server and a database of its own.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::answer::TestResponse;
use super::cases::{Scenario, Step};
use super::client;
use super::compare::{Kind, Problem, compare};
use super::request::Request;
use super::scratch::Template;
use super::server::{Running, Server};
use super::suite::Suite;
use super::transcript::Transcript;
use super::variables::Variables;
use crate::engines::Engine;

/// A hang ends here; a busy machine may take a minute for a log-in.
const TIMEOUT: Duration = Duration::from_secs(300);
/// A server that hung once is not waited for again.
const SHORT_TIMEOUT: Duration = Duration::from_secs(1);

/// The problems of a step, of which a step that passed has none; `None` for a step of other engines.
pub type Played = Option<Vec<Problem>>;

/// Everything that the scenarios of a run share.
#[derive(Debug)]
pub struct Stage {
    /// The suite
    pub suite: Suite,
    /// The engine of the databases
    pub engine: Engine,
    /// The database that each scenario starts from
    pub template: Template,
    /// The server under test
    pub server: Server,
}

/// Plays a scenario and compares the responses.
pub async fn play(scenario: &Scenario, stage: &Stage) -> Vec<Played> {
    let every_step = |problem: Problem| vec![Some(vec![problem]); scenario.steps.len()];
    let golden = match &scenario.golden {
        Some(golden) if golden.len() == scenario.steps.len() => golden,
        _ => return every_step(Problem::new(Kind::Golden, "no golden transcript for this scenario")),
    };
    let scratch = match stage.template.copy().await {
        Ok(scratch) => scratch,
        Err(error) => return every_step(Problem::new(Kind::Start, error)),
    };
    let results = match stage.server.start(&scratch).await {
        Ok(running) => play_steps(&scenario.steps, golden, running, stage).await,
        Err(problem) => every_step(Problem::new(Kind::Start, problem)),
    };
    scratch.drop().await;
    results
}

async fn play_steps(
    steps: &[Step],
    golden: &[Transcript],
    mut running: Running,
    stage: &Stage,
) -> Vec<Played> {
    let variables = Variables::of(steps);
    let mut player = Player { server: running.address, variables, timeout: TIMEOUT, suite: &stage.suite };
    let mut results = Vec::new();
    for (step, golden) in steps.iter().zip(golden) {
        let counts = step.engines.contain(stage.engine);
        // A later step may need what a step of other engines saves.
        if !counts && step.save.is_empty() {
            results.push(None);
            continue;
        }
        let problems = match player.play(step).await {
            Ok(answer) => {
                let actual = Transcript::of(&answer, &step.compare, &stage.suite.headers);
                compare(golden, &actual, &stage.suite.tokens)
            }
            Err(problem) => {
                let ending = running.ended().map(|ending| format!(" ({ending})")).unwrap_or_default();
                vec![Problem::new(Kind::Crash, problem + &ending)]
            }
        };
        results.push(counts.then_some(problems));
    }
    results
}

struct Player<'a> {
    server: SocketAddr,
    variables: Variables,
    timeout: Duration,
    suite: &'a Suite,
}

impl Player<'_> {
    async fn play(&mut self, step: &Step) -> Result<TestResponse, String> {
        if let Some(seconds) = step.sleep {
            sleep(Duration::from_secs_f64(seconds)).await;
        }
        let request = Request::new(&self.variables.fill(&step.request)?, &self.suite.users)?;
        let answer = self.send(&request).await?;
        self.variables.save(step, &answer);
        Ok(answer)
    }

    async fn send(&mut self, request: &Request) -> Result<TestResponse, String> {
        let answer = timeout(self.timeout, client::send(self.server, request)).await;
        let answer = answer.unwrap_or_else(|elapsed| {
            self.timeout = SHORT_TIMEOUT;
            Err(std::io::Error::new(ErrorKind::TimedOut, elapsed))
        });
        answer.map_err(|error| format!("no answer: {error}"))
    }
}
