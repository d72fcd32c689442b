//! Plays topics, a few scenarios at a time.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::cases::{self, Topic};
use super::compare::Problem;
use super::report::{Outcome, Report};
use super::scenario;
use super::scratch::Template;
use super::server::Server;

const SCENARIOS_AT_A_TIME: usize = 2;

/// Which topics to play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topics {
    /// Every recorded one
    All,
    /// Those with these names
    Only(Vec<String>),
}

impl Topics {
    /// What `DRF_TOPICS` asks for (`all`, or names parted by commas), else the names in the given lines.
    pub fn from_env_or(lines: &str) -> Self {
        match std::env::var("DRF_TOPICS") {
            Ok(names) if names == "all" => Self::All,
            Ok(names) => Self::named(names.split(',')),
            Err(_) => Self::named(lines.lines()),
        }
    }

    fn named<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        Self::Only(names.map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect())
    }

    fn of(&self, mut recorded: Vec<Topic>) -> Result<Vec<Topic>, String> {
        let Self::Only(names) = self else { return Ok(recorded) };
        if let Some(unknown) = names.iter().find(|name| recorded.iter().all(|topic| topic.name != **name)) {
            return Err(format!("there is no topic `{unknown}` in `cases/`"));
        }
        recorded.retain(|topic| names.contains(&topic.name));
        Ok(recorded)
    }
}

/// Plays the topics recorded in `folder` against the server.
pub async fn run(folder: &Path, topics: &Topics, server: Server) -> Result<Report, String> {
    let topics = topics.of(cases::load(folder)?)?;
    let stage = Arc::new((server, Template::new().await?, Semaphore::new(SCENARIOS_AT_A_TIME)));
    let topics: Vec<_> = topics.into_iter().map(Arc::new).collect();
    let mut playing = Vec::new();
    for topic in &topics {
        let scenarios = 0..topic.scenarios.len();
        playing.extend(scenarios.map(|n| (topic, n, spawn(Arc::clone(topic), n, Arc::clone(&stage)))));
    }
    let mut report = Report::default();
    for (topic, n, results) in playing {
        let results = results.await.map_err(|panic| panic.to_string())?;
        let steps = topic.scenarios[n].steps.iter().zip(results).enumerate();
        let outcomes = steps.map(|(step, (played, problems))| Outcome {
            topic: topic.name.clone(),
            scenario: topic.scenarios[n].name.clone(),
            step: step + 1,
            request: ["method", "path"].map(|key| played.request.text_at(key).unwrap_or("?")).join(" "),
            problems,
        });
        report.outcomes.extend(outcomes);
    }
    Ok(report)
}

type Stage = (Server, Template, Semaphore);

fn spawn(topic: Arc<Topic>, scenario: usize, stage: Arc<Stage>) -> JoinHandle<Vec<Vec<Problem>>> {
    tokio::spawn(async move {
        let (server, template, places) = &*stage;
        let _place = places.acquire().await;
        scenario::play(&topic.scenarios[scenario], server, template).await
    })
}
