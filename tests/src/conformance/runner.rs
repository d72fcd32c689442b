//! Plays topics, a few scenarios at a time.

use std::path::Path;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use super::cases::{self, Topic};
use super::report::{Outcome, Report};
use super::scenario::{self, Played, Stage};
use super::scratch::Template;
use super::server::Server;
use super::suite::Suite;
use crate::engines::Engine;

const SCENARIOS_AT_A_TIME: usize = 2;

/// The topics to play.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topics {
    /// Every recorded one
    All,
    /// Those with these names
    Only(Vec<String>),
}

impl Topics {
    /// Returns those that `DRF_TOPICS` names (`all`, or names separated by commas), else those that must pass: the lines of
    /// `topics/SUITE.ENGINE.txt` in the folder of the suites.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn from_env_or_list(folder: &Path, suite: &str, engine: Engine) -> Result<Self, String> {
        match std::env::var("DRF_TOPICS") {
            Ok(names) if names == "all" => Ok(Self::All),
            Ok(names) => Ok(Self::named(names.split(','))),
            Err(_) => {
                let list = folder.join("topics").join(format!("{suite}.{}.txt", engine.name()));
                let lines = std::fs::read_to_string(&list);
                let lines = lines.map_err(|error| format!("{}: {error}", list.display()))?;
                Ok(Self::named(lines.lines()))
            }
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

/// Plays topics of a suite against a server, on databases of an engine.
///
/// # Errors
/// If the suite cannot be read, or its database cannot be created.
pub async fn run(suite: Suite, engine: Engine, topics: &Topics, server: Server) -> Result<Report, String> {
    let topics = topics.of(cases::load(suite.folder())?)?;
    let template = Template::new(&suite, engine).await?;
    let stage = Arc::new(Stage { suite, engine, template, server });
    let (places, mut report) = (Arc::new(Semaphore::new(SCENARIOS_AT_A_TIME)), Report::default());
    let mut playing = Vec::new();
    for topic in topics.into_iter().map(Arc::new) {
        for (index, scenario) in topic.scenarios.iter().enumerate() {
            match scenario.engines.contain(engine) {
                true => playing.push((topic.clone(), index, spawn(&topic, index, &stage, &places))),
                false => report.elsewhere += scenario.steps.len(),
            }
        }
    }
    for (topic, index, results) in playing {
        let results = results.await.map_err(|panic| panic.to_string())?;
        report.add(&topic, index, results);
    }
    if let Some(stage) = Arc::into_inner(stage) {
        stage.template.drop().await;
    }
    Ok(report)
}

impl Report {
    fn add(&mut self, topic: &Topic, scenario: usize, results: Vec<Played>) {
        let scenario = &topic.scenarios[scenario];
        for (step, (played, problems)) in scenario.steps.iter().zip(results).enumerate() {
            let Some(problems) = problems else {
                self.elsewhere += 1;
                continue;
            };
            self.outcomes.push(Outcome {
                topic: topic.name.clone(),
                scenario: scenario.name.clone(),
                step: step + 1,
                request: ["method", "path"].map(|key| played.request.text_at(key).unwrap_or("?")).join(" "),
                problems,
            });
        }
    }
}

fn spawn(
    topic: &Arc<Topic>,
    scenario: usize,
    stage: &Arc<Stage>,
    places: &Arc<Semaphore>,
) -> JoinHandle<Vec<Played>> {
    let (topic, stage, places) = (topic.clone(), stage.clone(), places.clone());
    tokio::spawn(async move {
        let _place = places.acquire().await;
        scenario::play(&topic.scenarios[scenario], &stage).await
    })
}
