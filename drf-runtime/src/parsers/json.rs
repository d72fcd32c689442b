use std::borrow::Cow;

use bytes::Bytes;

use super::{Charset, Data, ParseError, Parser, ParserContext};
use crate::value::json::{JsonError, read_json};

/// Reads `application/json`.
///
/// Integers are exact up to Python's limit of 4300 digits. `NaN`, infinities and numbers too large for a float are
/// refused.
#[derive(Debug, Clone, Copy, Default)]
pub struct JSONParser;

impl Parser for JSONParser {
    fn media_type(&self) -> &str {
        "application/json"
    }

    fn parse(&self, body: Bytes, context: &ParserContext<'_>) -> Result<Data, ParseError> {
        let json = decoded(&body, context.charset()?).map_err(malformed)?;
        let value = read_json(&json, context.limits).map_err(|error| match error {
            JsonError::Malformed(message) => malformed(message),
            JsonError::TooLarge(message) => ParseError::too_large(message),
        })?;
        Ok(Data::Json(value))
    }
}

fn malformed(message: impl std::fmt::Display) -> ParseError {
    ParseError::new(format_args!("JSON parse error - {message}"))
}

/// Decodes a body as UTF-8, whose mistakes the reader reports with their places.
fn decoded(body: &[u8], charset: Charset) -> Result<Cow<'_, [u8]>, String> {
    if charset == Charset::Utf8 {
        return Ok(Cow::Borrowed(body));
    }
    Ok(match charset.decode(body)? {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Dict, Value};

    fn parse(json: impl Into<Bytes>) -> Result<Data, ParseError> {
        JSONParser.parse(json.into(), &ParserContext::new("application/json"))
    }

    #[track_caller]
    fn check(json: &'static str, expected: Value) {
        assert_eq!(parse(json), Ok(Data::Json(expected)));
    }

    #[track_caller]
    fn check_error(json: impl Into<Bytes>, expected: &str) {
        assert_eq!(parse(json), Err(ParseError::new(format_args!("JSON parse error - {expected}"))));
    }

    #[test]
    fn numbers_are_read_as_python_reads_them() {
        check("-0", Value::Int(0));
        check("1e3", Value::Float(1000.0));
        check("1.10", Value::Float(1.1));
        check("9223372036854775807", Value::Int(i64::MAX));
        check("-9223372036854775808", Value::Int(i64::MIN));
        check("9223372036854775808", Value::BigInt("9223372036854775808".into()));
        check("-123456789012345678901234567890", Value::BigInt("-123456789012345678901234567890".into()));
        check("0.1e-400", Value::Float(0.0));
        let Ok(Data::Json(Value::Float(zero))) = parse("-0.0") else { panic!("not a float") };
        assert!(zero.is_sign_negative());
    }

    #[test]
    fn order_of_keys_is_kept_and_the_last_of_equal_keys_wins() {
        let expected =
            [("b", Value::Int(3)), ("a", Value::Int(2))].map(|(key, value)| (key.to_owned(), value));
        check(r#"{"b": 1, "a": 2, "b": 3}"#, Value::Dict(Dict::from(expected)));
    }

    #[test]
    fn nested_data_is_read() {
        let inner = Dict::from([("\"é😀\n".to_owned(), Value::List(vec![]))]);
        let expected = vec![Value::Bool(true), Value::Bool(false), Value::Null, Value::Dict(inner)];
        check("\t\r\n [true, false,null, {\"\\\"é\\ud83d\\ude00\\n\": []}] ", Value::List(expected));
        check("{}", Value::Dict(Dict::new()));
        check("\"\"", Value::from(""));
    }

    #[test]
    fn numbers_that_a_float_cannot_hold_are_refused() {
        check_error("1e999", "out of range float values are not JSON compliant at line 1 column 5");
        check_error("[-1e999]", "out of range float values are not JSON compliant at line 1 column 8");
        for json in ["NaN", "Infinity", "-Infinity", "[NaN]"] {
            assert!(parse(json).is_err(), "{json}");
        }
    }

    #[test]
    fn integers_have_a_limit_of_digits() {
        let longest = "-".to_owned() + &"1".repeat(4300);
        assert_eq!(parse(longest.clone()), Ok(Data::Json(Value::BigInt(longest.into()))));
        check_error("1".repeat(4301), "number out of range at line 1 column 4301");
    }

    #[test]
    fn mistakes_are_located() {
        check_error(" ", "EOF while parsing a value at line 1 column 1");
        check_error("{\"a\":\n x}", "expected value at line 2 column 2");
        check_error("[1,]", "trailing comma at line 1 column 4");
        check_error("1 2", "trailing characters at line 1 column 3");
    }

    #[test]
    fn malformed_documents_are_refused() {
        let documents = [
            "",
            "tru",
            "01",
            "1.",
            "-",
            ".5",
            "+1",
            "'a'",
            "{a:1}",
            "{1:2}",
            "{\"a\"}",
            "{\"a\":1,}",
            "[1 2]",
            "[",
            "{",
            "\"abc",
            "\"\\",
            "\"\\x\"",
            "\"\\u12\"",
            "\"a\nb\"",
            "\"\0\"",
            "1\x0c",
            "\u{feff}1",
            "\u{a0}1",
        ];
        for json in documents {
            assert!(parse(json).is_err(), "{json:?}");
        }
    }

    #[test]
    fn broken_unicode_is_refused() {
        let documents: [&[u8]; 6] = [
            br#""\ud800""#,
            br#""\udc00""#,
            br#""\ud800\u0041""#,
            b"\"\xff\"",
            b"{\"\xc3\": 1}",
            b"\"\xed\xa0\x80\"",
        ];
        for json in documents {
            assert!(parse(json).is_err(), "{json:?}");
        }
    }

    #[test]
    fn nesting_is_limited() {
        let nested = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(nested(100)).is_ok());
        check_error(nested(101), "nested too deeply at line 1 column 101");
        check_error("{\"a\":".repeat(100_000), "nested too deeply at line 1 column 501");
        assert!(parse(format!("[{}[]]", "[[]],".repeat(1000))).is_ok());
    }

    #[test]
    fn values_and_items_are_limited() {
        let mut context = ParserContext::new("application/json");
        (context.limits.max_list_items, context.limits.max_values) = (3, 6);
        let parse = |json: &'static str| JSONParser.parse(Bytes::from_static(json.as_bytes()), &context);
        let error = |json| parse(json).expect_err("more than allowed");
        assert!(parse("[1, 2, {\"a\": [1]}]").is_ok());
        assert_eq!(error("[1, 2, 3, 4]").to_string(), "A list in the request body has more than 3 items.");
        let many = error("{\"a\": 1, \"b\": [1, 2], \"c\": [1, 2]}");
        assert_eq!(
            (many.to_string().as_str(), many.code()),
            ("The request body has more than 6 values.", "too_large")
        );
    }

    #[test]
    fn charset_of_the_content_type_is_used() {
        let context = ParserContext::new("application/json; charset=iso-8859-1");
        assert_eq!(JSONParser.parse(Bytes::from_static(b"\"\xe9\""), &context), Ok(Data::Json("é".into())));
        let context = ParserContext::new("application/json; charset=utf-16le");
        let error =
            JSONParser.parse(Bytes::from_static(b"\x00\xd8"), &context).expect_err("a lone surrogate");
        assert_eq!(error.to_string(), "JSON parse error - the body is not valid UTF-16LE");
    }
}
