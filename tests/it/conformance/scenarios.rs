//! The runner itself, on a small server with known mistakes.

use std::net::SocketAddr;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::routing::{any, get};
use drf_tests::conformance::cases::{Engines, Scenario, Step};
use drf_tests::conformance::compare::{Kind, Problem};
use drf_tests::conformance::json::Json;
use drf_tests::conformance::report::{Outcome, Report};
use drf_tests::conformance::scenario::{Played, Stage, play};
use drf_tests::conformance::scratch::Template;
use drf_tests::conformance::server::StartError;
use drf_tests::conformance::transcript::Transcript;
use drf_tests::conformance::{Server, Suite, Topics};
use drf_tests::engines::Engine;

async fn app(db: String) -> Result<Router, StartError> {
    let file_kind = String::from_utf8_lossy(&std::fs::read(db)?[..13]).into_owned();
    Ok(Router::new()
        .route("/database", get(async || file_kind))
        .route("/echo", any(echo))
        .route("/client", get(async |ConnectInfo(client): ConnectInfo<SocketAddr>| client.ip().to_string()))
        .route("/created", get(async || (StatusCode::CREATED, [("location", "/echo?n=1")])))
        .route("/panic", get(panics)))
}

async fn echo(method: Method, headers: HeaderMap, body: String) -> String {
    let names: Vec<_> = headers.keys().map(|name| name.as_str()).collect();
    format!("{method} {} {body}", names.join(","))
}

async fn panics() {
    panic!("on purpose");
}

/// A scenario of pairs: the request's members and the expected answer's members.
fn scenario(steps: &[(&str, &str)]) -> Scenario {
    let json = |text: &str| Json::parse(format!("{{{text}}}").as_bytes()).expect("valid JSON");
    Scenario {
        name: "a scenario".to_owned(),
        steps: steps.iter().map(|(step, _)| Step::new(&json(step)).expect("a step")).collect(),
        engines: Engines::default(),
        golden: Some(
            steps.iter().map(|(_, golden)| Transcript::recorded(&json(golden)).expect("golden")).collect(),
        ),
    }
}

async fn played_on(server: Server, scenario: &Scenario) -> Vec<Played> {
    let (suite, engine) = (Suite::bookstore().expect("the bookstore's suite"), Engine::Sqlite);
    let template = Template::new(&suite, engine).await.expect("a database");
    play(scenario, &Stage { suite, engine, template, server }).await
}

async fn kinds(scenario: &Scenario) -> Vec<Vec<Kind>> {
    let results = played_on(Server::router(app), scenario).await.into_iter().flatten();
    results.map(|problems| problems.iter().map(|problem| problem.kind).collect()).collect()
}

const ECHO: &str = r#""request": {"method": "TRACE", "path": "/echo", "body": "ä"}"#;
const TEXT: &str = r#""status": 200, "headers": {"content-type": "text/plain; charset=utf-8"}"#;

#[tokio::test]
async fn what_is_as_recorded_passes() {
    let echoed = format!(r#"{TEXT}, "text": "TRACE host,accept,content-length,connection ä""#);
    let database = format!(r#"{TEXT}, "text": "SQLite format""#);
    let client = format!(r#"{TEXT}, "text": "127.0.0.1""#);
    let steps = [
        (ECHO, echoed.as_str()),
        (r#""request": {"method": "GET", "path": "/database"}"#, &database),
        (r#""request": {"method": "GET", "path": "/client"}"#, &client),
    ];
    assert_eq!(kinds(&scenario(&steps)).await, [[], [], []] as [[Kind; 0]; 3]);
}

#[tokio::test]
async fn what_is_not_as_recorded_fails() {
    let other_text = format!(r#"{TEXT}, "text": "POST""#);
    let steps = [
        (ECHO, other_text.as_str()),
        (ECHO, r#""status": 404, "headers": {"content-type": "text/plain"}, "empty": true"#),
    ];
    let expected = [vec![Kind::Value], vec![Kind::Status, Kind::Header, Kind::Body]];
    assert_eq!(kinds(&scenario(&steps)).await, expected);
}

#[tokio::test]
async fn saved_values_reach_later_steps() {
    let created = r#""request": {"method": "GET", "path": "/created"}, "save": {"l": "header:location"}"#;
    let follow = r#""request": {"method": "HEAD", "path": "{l}"}"#;
    let missing = r#""request": {"method": "GET", "path": "{m}"}, "save": {"m": "$.m"}"#;
    let seen = format!(r#"{TEXT}, "empty": true"#);
    let steps = [
        (created, r#""status": 201, "headers": {"location": "/echo?n=1"}, "empty": true"#),
        (follow, seen.as_str()),
        (missing, &seen),
    ];
    assert_eq!(kinds(&scenario(&steps)).await, [vec![], vec![], vec![Kind::Crash]]);
}

#[tokio::test]
async fn a_step_of_other_engines_is_sent_only_for_what_it_saves() {
    let created = r#""request": {"method": "GET", "path": "/created"}, "save": {"l": "header:location"}, "engines": ["mysql"]"#;
    let panics = r#""request": {"method": "GET", "path": "/panic"}, "engines": ["mysql", "postgres"]"#;
    let follow = r#""request": {"method": "HEAD", "path": "{l}"}, "engines": ["sqlite"]"#;
    let seen = format!(r#"{TEXT}, "empty": true"#);
    let steps = [(created, r#""status": 500, "headers": {}"#), (panics, &seen), (follow, &seen)];
    let played = played_on(Server::router(app), &scenario(&steps)).await;
    assert_eq!(played, [None, None, Some(Vec::new())]);
}

#[tokio::test]
async fn a_panic_is_a_crash_of_its_step_only() {
    let panics = r#""request": {"method": "GET", "path": "/panic"}"#;
    let echoed = format!(r#"{TEXT}, "text": "TRACE host,accept,content-length,connection ä""#);
    let steps = [(panics, r#""status": 500, "headers": {}"#), (ECHO, &echoed)];
    assert_eq!(kinds(&scenario(&steps)).await, [vec![Kind::Crash], vec![]]);
}

#[tokio::test]
async fn a_server_that_does_not_start_fails_every_step() {
    let scenario = scenario(&[(ECHO, TEXT), (ECHO, TEXT)]);
    let servers = [
        Server::router(async |_| Err("no such table".into())),
        Server::router(async |_| panic!("on purpose")),
        Server::Command("/no/such/program {db} {port}".to_owned()),
        Server::Command("false {db} {port}".to_owned()),
    ];
    for server in servers {
        let shown = format!("{server:?}");
        let results: Vec<_> = played_on(server, &scenario).await.into_iter().flatten().collect();
        assert_eq!(results.len(), 2);
        assert!(results.iter().all(|problems| problems[0].kind == Kind::Start), "{shown}: {results:?}");
    }
}

#[tokio::test]
async fn a_scenario_without_a_recording_fails() {
    let never_recorded = Scenario { golden: None, ..scenario(&[(ECHO, TEXT)]) };
    assert_eq!(kinds(&never_recorded).await, [[Kind::Golden]]);
    let half_recorded = Scenario { golden: Some(Vec::new()), ..scenario(&[(ECHO, TEXT)]) };
    assert_eq!(kinds(&half_recorded).await, [[Kind::Golden]]);
}

#[tokio::test]
async fn a_topic_that_was_never_recorded_is_an_error() {
    let suite = Suite::bookstore().expect("the bookstore's suite");
    let topics = Topics::Only(vec!["publisher_crud".to_owned()]);
    let problem = drf_tests::conformance::run(suite, Engine::Sqlite, &topics, Server::router(app))
        .await
        .expect_err("no topic");
    assert_eq!(problem, "there is no topic `publisher_crud` in `cases/`");
}

fn outcome(kinds: &[Kind]) -> Outcome {
    let problems = kinds.iter().map(|kind| Problem::new(*kind, format!("a {kind}"))).collect();
    let (topic, scenario, request) = ("books".to_owned(), "list".to_owned(), "GET /".to_owned());
    Outcome { topic, scenario, step: 3, request, problems }
}

#[test]
fn a_report_names_the_failed_steps_and_counts() {
    let outcomes = vec![outcome(&[]), outcome(&[Kind::Order, Kind::Value]), outcome(&[Kind::Order])];
    let report = Report { outcomes, elsewhere: 0 };
    assert_eq!((report.passed(), report.failed()), (1, 2));
    let text = report.to_string();
    assert!(
        text.starts_with(
            "FAIL [value] books / list / 3 GET /\n       a order\n       a value\nFAIL [order] "
        )
    );
    assert!(text.ends_with("1 passed, 2 failed"), "{text}");
}

#[test]
fn a_long_list_of_problems_is_cut() {
    let text = Report { outcomes: vec![outcome(&[Kind::Value; 8])], elsewhere: 3 }.to_string();
    assert!(text.contains("       ... and 2 more\n"), "{text}");
    assert!(text.contains("3 steps are for other engines\n"), "{text}");
}
