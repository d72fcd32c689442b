//! Values that travel from one step to the next.

use drf_tests::conformance::answer::TestResponse;
use drf_tests::conformance::cases::Step;
use drf_tests::conformance::json::Json;
use drf_tests::conformance::variables::Variables;

fn json(text: &str) -> Json {
    Json::parse(text.as_bytes()).expect("valid JSON")
}

fn saved(save: &str, answer: &TestResponse) -> Variables {
    let step = Step::new(&json(&format!(r#"{{"request": {{}}, "save": {save}}}"#))).expect("a complete step");
    let steps = [step];
    let mut variables = Variables::of(&steps);
    variables.save(&steps[0], answer);
    variables
}

fn answer() -> TestResponse {
    let headers = [("location", "/a/1/"), ("set-cookie", "s=abc; Path=/"), ("set-cookie", "t=x=y")];
    TestResponse {
        status: 201,
        headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
        body: br#"{"id": 7, "none": null, "items": [{"name": "first"}, {"name": "last"}]}"#.to_vec(),
    }
}

#[test]
fn values_come_from_body_headers_and_cookies() {
    let save = r#"{"id": "$.id", "a": "$.items[0].name", "z": "$.items[-1].name", "l": "header:location", "c": "cookie:t"}"#;
    let filled = saved(save, &answer()).fill(&json(r#"["{id}", "{a}", "{z}", "{l}", "{c}"]"#));
    assert_eq!(filled, Ok(json(r#"[7, "first", "last", "/a/1/", "x=y"]"#)));
}

#[test]
fn a_whole_string_keeps_the_type_and_a_part_becomes_text() {
    let variables = saved(r#"{"id": "$.id"}"#, &answer());
    let filled = variables.fill(&json(r#"{"{id}": "{id}", "path": "/a/{id}/{id}?{id}", "n": 5}"#));
    assert_eq!(filled, Ok(json(r#"{"{id}": 7, "path": "/a/7/7?7", "n": 5}"#)));
}

#[test]
fn braces_around_other_words_stay() {
    let variables = saved(r#"{"id": "$.id"}"#, &answer());
    let text = json(r#"["{other}", "{Id}", "{\"id\": 1}", "{"]"#);
    assert_eq!(variables.fill(&text), Ok(text.clone()));
}

#[test]
fn a_value_that_is_not_there_fails_the_steps_that_need_it() {
    for source in
        ["$.nothing", "$.none", "$.items[2]", "$.items[-3]", "$.id.x", "$.id[0]", "header:x", "cookie:x"]
    {
        let variables = saved(&format!(r#"{{"v": "{source}"}}"#), &answer());
        let problem = variables.fill(&json(r#"["/a/", "/{v}/"]"#)).expect_err(source);
        assert_eq!(problem, "variable {v} was not set by an earlier step");
    }
}
