//! Which differences of two answers are found, and under which name.

use drf_tests::conformance::Suite;
use drf_tests::conformance::answer::TestResponse;
use drf_tests::conformance::cases::{BodyMode, Compare};
use drf_tests::conformance::compare::{Kind, compare, diff};
use drf_tests::conformance::json::Json;
use drf_tests::conformance::transcript::Transcript;

fn suite() -> Suite {
    Suite::bookstore().expect("the bookstore's suite")
}

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).expect("valid JSON")
}

fn kinds(golden: &str, actual: &str) -> Vec<Kind> {
    diff(&json(golden), &json(actual), "$", &suite().tokens).into_iter().map(|problem| problem.kind).collect()
}

#[track_caller]
fn differ(golden: &str, actual: &str) {
    assert_eq!(kinds(golden, actual), [Kind::Value], "{golden} and {actual}");
}

#[test]
fn equal_values_have_no_problems() {
    for text in ["null", "1", "1.5", "123456789012345678901234567890", r#"{"a": [{"b": "c"}, []]}"#, r#""""#]
    {
        assert_eq!(kinds(text, text), []);
    }
    assert_eq!(kinds("1.0", "1e0"), []);
}

#[test]
fn types_are_compared() {
    for (golden, actual) in [
        ("1", "1.0"),
        ("1.0", "1"),
        ("1", "\"1\""),
        ("1", "true"),
        ("0", "null"),
        ("{}", "[]"),
        ("\"\"", "null"),
    ] {
        differ(golden, actual);
    }
}

#[test]
fn values_are_compared() {
    differ("1", "2");
    differ("true", "false");
    differ("0.1", "0.10000000000000002");
    differ("\"a\"", "\"A\"");
    differ("123456789012345678901234567890", "123456789012345678901234567891");
}

#[test]
fn a_mask_works_inside_a_value() {
    assert_eq!(kinds(r#"[{"wait": "<<about:10>> s"}]"#, r#"[{"wait": "11 s"}]"#), []);
    differ(r#"[{"wait": "<<about:10>> s"}]"#, r#"[{"wait": "20 s"}]"#);
    differ(r#""<<text>>""#, "1");
}

#[test]
fn lists_are_compared_in_order() {
    differ("[1, 2]", "[1, 2, 3]");
    differ("[1, 2]", "[1]");
    assert_eq!(kinds("[1, 2]", "[2, 1]"), [Kind::Value, Kind::Value]);
}

#[test]
fn missing_and_unexpected_keys_are_named() {
    let problems = diff(&json(r#"{"a": {"b": 1}}"#), &json(r#"{"a": {"c": 2}}"#), "$", &suite().tokens);
    let messages: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(messages, ["$.a.b: missing, expected 1", "$.a.c: unexpected 2"]);
    differ(r#"{"a": null}"#, "{}");
    differ("{}", r#"{"a": null}"#);
}

#[test]
fn another_order_of_keys_is_a_problem_of_its_own() {
    assert_eq!(kinds(r#"{"a": 1, "b": 2}"#, r#"{"b": 2, "a": 1}"#), [Kind::Order]);
    assert_eq!(kinds(r#"{"a": 1, "b": 2}"#, r#"{"b": 3, "a": 1}"#), [Kind::Value, Kind::Order]);
}

fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> TestResponse {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    TestResponse { status, headers, body: body.as_bytes().to_vec() }
}

const JSON: (&str, &str) = ("content-type", "application/json");
const TEXT: (&str, &str) = ("content-type", "text/plain");

#[track_caller]
fn problems(golden: &str, actual: &TestResponse, rules: &Compare) -> Vec<(Kind, String)> {
    let golden = Transcript::recorded(&json(golden)).expect("a golden answer");
    let suite = suite();
    let problems = compare(&golden, &Transcript::of(actual, rules, &suite.headers), &suite.tokens);
    problems.into_iter().map(|problem| (problem.kind, problem.message)).collect()
}

#[track_caller]
fn has(golden: &str, actual: &TestResponse, expected: &[(Kind, &str)]) {
    let found = problems(golden, actual, &Compare::default());
    assert_eq!(found.iter().map(|(kind, text)| (*kind, text.as_str())).collect::<Vec<_>>(), expected);
}

#[test]
fn the_status_is_compared() {
    let golden = r#"{"status": 200, "headers": {}, "empty": true}"#;
    has(golden, &answer(200, &[], ""), &[]);
    has(golden, &answer(204, &[], ""), &[(Kind::Status, "status: expected 200, got 204")]);
}

#[test]
fn a_header_may_neither_be_missing_nor_extra_nor_different() {
    let golden = r#"{"status": 200, "headers": {"location": "/a/"}}"#;
    has(golden, &answer(200, &[("location", "/a/"), ("date", "now")], ""), &[]);
    has(
        golden,
        &answer(200, &[], ""),
        &[(Kind::Header, "header location: expected \"/a/\", got no such header")],
    );
    has(
        golden,
        &answer(200, &[("location", "/b/"), ("retry-after", "60")], ""),
        &[
            (Kind::Header, "header location: expected \"/a/\", got \"/b/\""),
            (Kind::Header, "header retry-after: expected no such header, got \"60\""),
        ],
    );
}

#[test]
fn allow_and_vary_are_sets() {
    let golden = r#"{"status": 200, "headers": {"allow": ["GET", "HEAD"], "vary": ["Accept", "Cookie"]}}"#;
    has(golden, &answer(200, &[("allow", "HEAD, GET"), ("vary", "Cookie"), ("vary", "Accept")], ""), &[]);
    let found = problems(
        golden,
        &answer(200, &[("allow", "GET"), ("vary", "Accept,Cookie")], ""),
        &Compare::default(),
    );
    assert_eq!(found.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), [Kind::Header]);
}

#[test]
fn cookies_are_compared_by_value_and_attributes() {
    let golden = r#"{"status": 200, "headers": {"set-cookie": {"s": {"value": "<<cookie>>", "attributes": ["HttpOnly", "Path=/"]}}}}"#;
    let rules = Compare { headers: vec!["set-cookie".to_owned()], ..Compare::default() };
    let set = |line: &str| answer(200, &[("set-cookie", line)], "");
    assert_eq!(problems(golden, &set("s=0123456789abcdef; Path=/; HttpOnly"), &rules), []);
    for wrong in
        ["s=short; Path=/; HttpOnly", "s=0123456789abcdef; Path=/", "t=0123456789abcdef; Path=/; HttpOnly"]
    {
        assert!(!problems(golden, &set(wrong), &rules).is_empty(), "{wrong}");
    }
    assert_eq!(problems(golden, &answer(200, &[], ""), &rules).len(), 1);
    assert_eq!(problems(r#"{"status": 200, "headers": {}}"#, &answer(200, &[], ""), &rules), []);
}

#[test]
fn a_step_chooses_its_headers() {
    let golden = r#"{"status": 200, "headers": {"x-status": "1"}}"#;
    let rules = Compare {
        headers: vec!["x-status".to_owned()],
        ignore_headers: vec!["content-type".to_owned()],
        ..Compare::default()
    };
    assert_eq!(problems(golden, &answer(200, &[("x-status", "1"), TEXT], ""), &rules), []);
    assert_eq!(problems(golden, &answer(200, &[("x-status", "2")], ""), &rules).len(), 1);
    assert_eq!(problems(golden, &answer(200, &[], ""), &rules).len(), 1);
}

#[test]
fn json_is_compared_by_value_and_text_by_text() {
    let golden = r#"{"status": 200, "headers": {"content-type": "application/json"}, "json": {"a": 1}}"#;
    has(golden, &answer(200, &[JSON], r#"{ "a" : 1 }"#), &[]);
    has(golden, &answer(200, &[JSON], r#"{"a":2}"#), &[(Kind::Value, "$.a: expected 1, got 2")]);
    let golden = r#"{"status": 200, "headers": {"content-type": "text/plain"}, "text": "a <<about:5>>"}"#;
    has(golden, &answer(200, &[TEXT], "a 6"), &[]);
    has(
        golden,
        &answer(200, &[TEXT], "b 6"),
        &[(Kind::Value, "body: expected \"a <<about:5>>\", got \"b 6\"")],
    );
}

#[test]
fn a_body_of_another_kind_is_found() {
    let golden = r#"{"status": 200, "headers": {"content-type": "application/json"}, "json": {"a": 1}}"#;
    has(golden, &answer(200, &[JSON], ""), &[(Kind::Body, r#"body: expected {"a": 1}, got no body"#)]);
    has(golden, &answer(200, &[JSON], "oops"), &[(Kind::Body, r#"body: expected {"a": 1}, got "oops""#)]);
    let empty = r#"{"status": 204, "headers": {}, "empty": true}"#;
    has(empty, &answer(204, &[], "{}"), &[(Kind::Body, r#"body: expected no body, got "{}""#)]);
}

#[test]
fn a_raw_body_is_compared_to_the_byte() {
    let golden = r#"{"status": 200, "headers": {"content-type": "application/json"}, "text": "{\"a\":1}"}"#;
    let raw = Compare { body: BodyMode::Raw, ..Compare::default() };
    assert_eq!(problems(golden, &answer(200, &[JSON], r#"{"a":1}"#), &raw), []);
    assert_eq!(problems(golden, &answer(200, &[JSON], r#"{"a": 1}"#), &raw).len(), 1);
}

#[test]
fn an_ignored_body_may_be_anything() {
    let ignore = Compare { body: BodyMode::Ignore, ..Compare::default() };
    let golden = r#"{"status": 200, "headers": {}}"#;
    assert_eq!(problems(golden, &answer(200, &[], "<html>"), &ignore), []);
}
