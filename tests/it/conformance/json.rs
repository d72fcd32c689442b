//! JSON is read and written as Python's `json` module does it.

use drf_tests::conformance::json::Json;

fn rewritten(text: &str) -> String {
    Json::parse(text.as_bytes()).expect("valid JSON").to_string()
}

#[test]
fn values_are_written_as_python_writes_them() {
    let text = r#"{"b": [null, true, 1, -2.5], "a": {}, "ü": "\"\\\n\u001f中"}"#;
    assert_eq!(rewritten(text), text);
}

#[test]
fn integers_of_any_size_survive() {
    for digits in
        ["123456789012345678901234567890", "-123456789012345678901234567890", "18446744073709551616"]
    {
        assert_eq!(rewritten(digits), digits);
    }
    assert_eq!(rewritten("-0"), "0");
}

#[test]
fn floats_are_written_as_python_writes_them() {
    let pairs = [
        ("1.0", "1.0"),
        ("1e3", "1000.0"),
        ("1e16", "1e+16"),
        ("123456789012345680.0", "1.2345678901234568e+17"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-05"),
        ("-1.5e-7", "-1.5e-07"),
        ("1e100", "1e+100"),
        ("-0.0", "-0.0"),
    ];
    for (given, expected) in pairs {
        assert_eq!(rewritten(given), expected);
    }
}

#[test]
fn the_last_of_two_equal_keys_wins() {
    assert_eq!(rewritten(r#"{"a":1,"b":2,"a":3}"#), r#"{"a": 3, "b": 2}"#);
}

#[test]
fn text_after_the_document_is_an_error() {
    for text in ["{} {}", "[1", "", "'a'"] {
        assert!(Json::parse(text.as_bytes()).is_err(), "{text:?}");
    }
}

#[test]
fn long_values_are_cut_in_reports() {
    let shown = Json::from("é".repeat(400).as_str()).shown();
    assert!(shown.ends_with("é...") && shown.chars().count() == 303, "{shown}");
}
