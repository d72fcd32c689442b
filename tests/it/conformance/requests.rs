//! The bytes that a step sends.

use drf_tests::conformance::Suite;
use drf_tests::conformance::json::Json;
use drf_tests::conformance::request::Request;

fn built(step: &str) -> Result<Request, String> {
    Request::new(&Json::parse(step.as_bytes())?, &Suite::bookstore()?.users)
}

#[track_caller]
fn sends(step: &str, expected: &[&str]) {
    let bytes = built(step).expect("a complete step").to_bytes();
    assert_eq!(String::from_utf8_lossy(&bytes), expected.join("\r\n"));
}

#[track_caller]
fn targets(path: &str, expected: &str) {
    let step = format!(r#"{{"method": "GET", "path": "{path}"}}"#);
    assert_eq!(built(&step).expect("a complete step").target, expected);
}

#[test]
fn nothing_is_sent_that_was_not_asked_for() {
    let step = r#"{"method": "PROPFIND", "path": "/a/"}"#;
    sends(step, &["PROPFIND /a/ HTTP/1.1", "Host: testserver", "Accept: */*", "Connection: close", "", ""]);
}

#[test]
fn writing_methods_have_a_length_without_a_body() {
    let step = r#"{"method": "POST", "path": "/"}"#;
    let length = "Content-Length: 0";
    sends(step, &["POST / HTTP/1.1", "Host: testserver", "Accept: */*", length, "Connection: close", "", ""]);
}

#[test]
fn headers_replace_the_usual_ones_and_null_removes_them() {
    let step = r#"{"method": "GET", "path": "/", "as": "alice",
                   "headers": {"accept": null, "host": "b", "Authorization": "é", "X-N": 1}}"#;
    sends(step, &["GET / HTTP/1.1", "host: b", "Authorization: é", "X-N: 1", "Connection: close", "", ""]);
}

#[test]
fn a_user_is_sent_as_a_token() {
    let request = built(r#"{"method": "GET", "path": "/", "as": "alice"}"#).expect("a complete step");
    let token = format!("Token {}", "b".repeat(40));
    assert!(request.headers.contains(&("Authorization".to_owned(), token)), "{request:?}");
    assert!(built(r#"{"method": "GET", "path": "/", "as": "nobody"}"#).is_err());
    assert!(built(r#"{"method": "GET", "path": "/", "as": "erin"}"#).is_err(), "erin has no token");
}

#[test]
fn targets_are_quoted_once() {
    targets("/a b/é/?q=a b&c=%20[1]'\\\"<>#", "/a%20b/%C3%A9/?q=a%20b&c=%20[1]'%22%3C%3E%23");
}

#[test]
fn only_path_and_query_of_an_absolute_url_are_used() {
    targets("http://testserver/a/?b=http://c/", "/a/?b=http://c/");
    targets("https://testserver:80/a/#b", "/a/");
    targets("http://testserver/a/?", "/a/");
    targets("http://testserver?a=1", "?a=1");
    targets("http://testserver", "/");
}

fn body(step: &str) -> (Option<String>, String) {
    let request = built(step).expect("a complete step");
    let find =
        |name: &str| request.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let body = request.body.clone().unwrap_or_default();
    assert_eq!(find("Content-Length"), Some(body.len().to_string()));
    (find("Content-Type"), String::from_utf8_lossy(&body).into_owned())
}

#[test]
fn json_is_written_as_python_writes_it() {
    let step =
        r#"{"method": "POST", "path": "/", "json": {"b": ["ü", 1.50, 12345678901234567890], "a": null}}"#;
    let (kind, text) = body(step);
    assert_eq!(kind.as_deref(), Some("application/json"));
    assert_eq!(text, r#"{"b": ["ü", 1.5, 12345678901234567890], "a": null}"#);
    assert_eq!(body(r#"{"method": "POST", "path": "/", "json": null}"#).1, "null");
}

#[test]
fn forms_are_encoded_as_python_encodes_them() {
    let (kind, text) =
        body(r#"{"method": "GET", "path": "/", "form": {"a b": "c&d+é~*", "n": 1, "t": true}}"#);
    assert_eq!(kind.as_deref(), Some("application/x-www-form-urlencoded"));
    assert_eq!(text, "a+b=c%26d%2B%C3%A9~%2A&n=1&t=True");
    let pairs = r#"{"method": "POST", "path": "/", "form": [["a", "1"], ["a", "2"], ["b", ""]]}"#;
    assert_eq!(body(pairs).1, "a=1&a=2&b=");
}

#[test]
fn multipart_has_fields_and_files() {
    let step = r#"{"method": "POST", "path": "/", "multipart": [
        {"name": "a", "value": 1},
        {"name": "f", "filename": "f.txt", "content": "é"},
        {"name": "g", "filename": "g.csv", "content": "", "type": "text/csv"}]}"#;
    let (kind, text) = body(step);
    assert_eq!(kind.as_deref(), Some("multipart/form-data; boundary=BoUnDaRyStRiNg"));
    let expected = [
        "--BoUnDaRyStRiNg",
        "Content-Disposition: form-data; name=\"a\"",
        "",
        "1",
        "--BoUnDaRyStRiNg",
        "Content-Disposition: form-data; name=\"f\"; filename=\"f.txt\"",
        "Content-Type: application/octet-stream",
        "",
        "é",
        "--BoUnDaRyStRiNg",
        "Content-Disposition: form-data; name=\"g\"; filename=\"g.csv\"",
        "Content-Type: text/csv",
        "",
        "",
        "--BoUnDaRyStRiNg--",
        "",
    ];
    assert_eq!(text, expected.join("\r\n"));
}

#[test]
fn files_may_have_any_bytes() {
    let step = r#"{"method": "POST", "path": "/", "multipart": [{"name": "f", "filename": "f", "content_base64": "/wA="}]}"#;
    let body = built(step).expect("a complete step").body.expect("a body");
    assert!(body.windows(6).any(|window| window == b"\r\n\xff\0\r\n"), "{body:?}");
}

#[test]
fn raw_bodies_have_the_content_type_of_the_step() {
    let step = r#"{"method": "POST", "path": "/", "headers": {"Content-Type": "text/x"}, "body": "{"}"#;
    assert_eq!(body(step), (Some("text/x".to_owned()), "{".to_owned()));
    assert_eq!(body(r#"{"method": "POST", "path": "/", "body_base64": "YQBi"}"#), (None, "a\0b".to_owned()));
}
