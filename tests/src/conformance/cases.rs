//! The recorded files: `cases/TOPIC.json` and `golden/TOPIC.json`.

use std::collections::HashMap;
use std::path::Path;

use super::json::Json;
use super::suite::read;
use super::transcript::Transcript;
use crate::engines::Engine;

/// One topic: its scenarios, each with the answers that were recorded for it.
#[derive(Debug)]
pub struct Topic {
    /// The name, which is also the name of the files
    pub name: String,
    /// What is played, each on a server and a database of its own
    pub scenarios: Vec<Scenario>,
}

/// Requests that build on each other, and the expected answers.
#[derive(Debug)]
pub struct Scenario {
    /// A few words on what happens
    pub name: String,
    /// The requests in order
    pub steps: Vec<Step>,
    /// The recorded answer of each step; `None` where the scenario was never recorded
    pub golden: Option<Vec<Transcript>>,
    /// The engines on which it counts
    pub engines: Engines,
}

/// One request and what to do with its answer.
#[derive(Debug)]
pub struct Step {
    /// The request, with `{variables}` not yet filled in
    pub request: Json,
    /// Variable and source (`$.id`, `header:location`, `cookie:sessionid`) of each value to keep
    pub save: Vec<(String, String)>,
    /// Which parts of the answer count
    pub compare: Compare,
    /// Seconds to wait before the request
    pub sleep: Option<f64>,
    /// The engines on which it counts
    pub engines: Engines,
}

/// The engines on which a scenario or step counts; `None` is every one.
#[derive(Debug, Default, Clone)]
pub struct Engines(Option<Vec<Engine>>);

impl Engines {
    fn new(json: &Json) -> Result<Self, String> {
        let named = json.get("engines").map(|_| names(json, "engines")).transpose()?;
        let engine = |name: String| Engine::named(&name).ok_or_else(|| format!("unknown engine `{name}`"));
        Ok(Self(named.map(|names| names.into_iter().map(engine).collect()).transpose()?))
    }

    /// Returns whether an engine is among them.
    pub fn contain(&self, engine: Engine) -> bool {
        self.0.as_ref().is_none_or(|engines| engines.contains(&engine))
    }
}

/// Which parts of an answer count.
#[derive(Debug, Default)]
pub struct Compare {
    /// How to compare the body
    pub body: BodyMode,
    /// Headers besides the usual ones, in lower case
    pub headers: Vec<String>,
    /// Headers that may be anything
    pub ignore_headers: Vec<String>,
}

/// How to compare a body.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum BodyMode {
    /// JSON by its values, other content by its text
    #[default]
    Full,
    /// Always by its text
    Raw,
    /// Not at all
    Ignore,
}

/// Reads every topic of `folder`, which contains `cases/` and `golden/`, sorted by name.
pub fn load(folder: &Path) -> Result<Vec<Topic>, String> {
    let cases = folder.join("cases");
    let entries = cases.read_dir().map_err(|error| format!("{}: {error}", cases.display()))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| error.to_string())?.file_name();
        names.extend(name.to_string_lossy().strip_suffix(".json").map(str::to_owned));
    }
    names.sort();
    names.iter().map(|name| Topic::load(folder, name)).collect()
}

impl Topic {
    fn load(folder: &Path, name: &str) -> Result<Self, String> {
        let cases = read(&folder.join("cases").join(name).with_extension("json"))?;
        let path = folder.join("golden").join(name).with_extension("json");
        let mut golden = if path.exists() { transcripts(&read(&path)?)? } else { HashMap::new() };
        let scenarios = cases.list_at("scenarios")?.iter().map(|scenario| {
            let name = scenario.text_at("name")?.to_owned();
            let steps = scenario.list_at("steps")?.iter().map(Step::new).collect::<Result<_, String>>()?;
            Ok(Scenario { golden: golden.remove(&name), name, steps, engines: Engines::new(scenario)? })
        });
        Ok(Self {
            name: cases.text_at("topic")?.to_owned(),
            scenarios: scenarios.collect::<Result<_, String>>()?,
        })
    }
}

impl Step {
    /// Reads one step of a case.
    pub fn new(json: &Json) -> Result<Self, String> {
        let save = json.members_at("save").map(|(name, source)| match source.as_str() {
            Some(source) => Ok((name.to_owned(), source.to_owned())),
            None => Err(format!("the source of `{name}` is not a string")),
        });
        Ok(Self {
            request: json.member("request")?.clone(),
            save: save.collect::<Result<_, String>>()?,
            compare: json.get("compare").map(Compare::new).transpose()?.unwrap_or_default(),
            sleep: json.get("sleep").and_then(Json::as_f64),
            engines: Engines::new(json)?,
        })
    }
}

impl Compare {
    fn new(json: &Json) -> Result<Self, String> {
        let body = match json.get("body").and_then(Json::as_str) {
            None | Some("full") => BodyMode::Full,
            Some("raw") => BodyMode::Raw,
            Some("ignore") => BodyMode::Ignore,
            Some(other) => return Err(format!("unknown way to compare a body: `{other}`")),
        };
        Ok(Self { body, headers: names(json, "headers")?, ignore_headers: names(json, "ignore_headers")? })
    }
}

fn names(json: &Json, key: &str) -> Result<Vec<String>, String> {
    let Some(_) = json.get(key) else { return Ok(Vec::new()) };
    let name = |item: &Json| item.as_str().map(str::to_owned).ok_or_else(|| format!("`{key}` has {item}"));
    json.list_at(key)?.iter().map(name).collect()
}

fn transcripts(golden: &Json) -> Result<HashMap<String, Vec<Transcript>>, String> {
    let scenarios = golden.list_at("scenarios")?.iter().map(|scenario| {
        let steps = scenario.list_at("steps")?.iter().map(Transcript::recorded);
        Ok((scenario.text_at("name")?.to_owned(), steps.collect::<Result<_, String>>()?))
    });
    scenarios.collect()
}
