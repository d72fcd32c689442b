//! The comparison of an answer with the golden one.

use std::collections::BTreeSet;
use std::fmt;

use super::json::Json;
use super::jwt::Tokens;
use super::masks;
use super::transcript::{Body, Transcript};

/// Something that is not as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What it is about
    pub kind: Kind,
    /// Where it is, what was expected and what came
    pub message: String,
}

/// What a problem is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// No body, or not of the kind that was expected
    Body,
    /// No answer
    Crash,
    /// Nothing was recorded for this scenario
    Golden,
    /// A header is missing, different or there for no reason
    Header,
    /// The keys of an object stand in another order; everything else is equal
    Order,
    /// The server does not start
    Start,
    /// The status code
    Status,
    /// A value inside the body
    Value,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Body => "body",
            Self::Crash => "crash",
            Self::Golden => "golden",
            Self::Header => "header",
            Self::Order => "order",
            Self::Start => "start",
            Self::Status => "status",
            Self::Value => "value",
        })
    }
}

impl Problem {
    /// A problem of this kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    fn unequal(kind: Kind, place: &str, golden: &str, actual: &str) -> Self {
        Self::new(kind, format!("{place}: expected {golden}, got {actual}"))
    }
}

/// All differences between the golden answer and the actual one.
pub fn compare(golden: &Transcript, actual: &Transcript, tokens: &Tokens) -> Vec<Problem> {
    let mut problems = Vec::new();
    if golden.status != actual.status {
        let (golden, actual) = (golden.status.to_string(), actual.status.to_string());
        problems.push(Problem::unequal(Kind::Status, "status", &golden, &actual));
    }
    compare_headers(golden, actual, tokens, &mut problems);
    compare_bodies(golden.body.as_ref(), actual.body.as_ref(), tokens, &mut problems);
    problems
}

fn compare_headers(golden: &Transcript, actual: &Transcript, tokens: &Tokens, problems: &mut Vec<Problem>) {
    let names: BTreeSet<_> = golden.headers.keys().chain(actual.headers.keys()).collect();
    for name in names {
        let place = format!("header {name}");
        match (golden.headers.get(name), actual.headers.get(name)) {
            (Some(golden), Some(actual)) => {
                let found = diff(golden, actual, &place, tokens);
                problems.extend(found.into_iter().map(|problem| Problem { kind: Kind::Header, ..problem }));
            }
            (golden, actual) => {
                let shown = |value: Option<&Json>| value.map_or("no such header".to_owned(), Json::shown);
                problems.push(Problem::unequal(Kind::Header, &place, &shown(golden), &shown(actual)));
            }
        }
    }
}

fn compare_bodies(
    golden: Option<&Body>,
    actual: Option<&Body>,
    tokens: &Tokens,
    problems: &mut Vec<Problem>,
) {
    match (golden, actual) {
        (None, _) | (Some(Body::Empty), Some(Body::Empty)) => {}
        (Some(Body::Json(golden)), Some(Body::Json(actual))) => {
            problems.extend(diff(golden, actual, "$", tokens));
        }
        (Some(Body::Text(golden)), Some(Body::Text(actual))) => {
            problems.extend(diff(&golden.as_str().into(), &actual.as_str().into(), "body", tokens));
        }
        (Some(golden), actual) => {
            let actual = actual.map_or("one that the step ignores".to_owned(), Body::shown);
            problems.push(Problem::unequal(Kind::Body, "body", &golden.shown(), &actual));
        }
    }
}

/// All differences between two values; `place` is how a report names the golden one.
pub fn diff(golden: &Json, actual: &Json, place: &str, tokens: &Tokens) -> Vec<Problem> {
    let mut problems = Vec::new();
    walk(golden, actual, place, tokens, &mut problems);
    problems
}

fn walk(golden: &Json, actual: &Json, place: &str, tokens: &Tokens, problems: &mut Vec<Problem>) {
    let equal = match (golden, actual) {
        (Json::Str(golden), Json::Str(actual)) => masks::matches(golden, actual, tokens),
        (Json::Object(_), Json::Object(_)) => return walk_object(golden, actual, place, tokens, problems),
        (Json::List(_), Json::List(_)) => return walk_list(golden, actual, place, tokens, problems),
        _ => golden == actual,
    };
    if !equal {
        problems.push(Problem::unequal(Kind::Value, place, &golden.shown(), &actual.shown()));
    }
}

fn walk_list(golden: &Json, actual: &Json, place: &str, tokens: &Tokens, problems: &mut Vec<Problem>) {
    let (Json::List(expected), Json::List(got)) = (golden, actual) else { return };
    if expected.len() != got.len() {
        let golden = format!("{} items {}", expected.len(), golden.shown());
        let actual = format!("{} items {}", got.len(), actual.shown());
        return problems.push(Problem::unequal(Kind::Value, place, &golden, &actual));
    }
    for (n, (golden, actual)) in expected.iter().zip(got).enumerate() {
        walk(golden, actual, &format!("{place}[{n}]"), tokens, problems);
    }
}

fn walk_object(golden: &Json, actual: &Json, place: &str, tokens: &Tokens, problems: &mut Vec<Problem>) {
    let (Json::Object(expected), Json::Object(got)) = (golden, actual) else { return };
    for (key, golden) in expected {
        match got.get(key) {
            Some(actual) => walk(golden, actual, &format!("{place}.{key}"), tokens, problems),
            None => {
                let message = format!("{place}.{key}: missing, expected {}", golden.shown());
                problems.push(Problem::new(Kind::Value, message));
            }
        }
    }
    let unexpected: Vec<_> = got.iter().filter(|(key, _)| !expected.contains_key(*key)).collect();
    for (key, actual) in &unexpected {
        problems.push(Problem::new(Kind::Value, format!("{place}.{key}: unexpected {}", actual.shown())));
    }
    let same_keys = unexpected.is_empty() && expected.len() == got.len();
    if same_keys && !expected.keys().eq(got.keys()) {
        let keys = |json: &Json| json.keys().map(Json::from).collect::<Json>().shown();
        let place = format!("{place}: key order");
        problems.push(Problem::new(
            Kind::Order,
            format!("{place} expected {}, got {}", keys(golden), keys(actual)),
        ));
    }
}
