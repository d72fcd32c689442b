//! Plays the recorded conversations of `tests/conformance` about field types, one field at a time.

use std::path::Path;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use regex::Regex;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{answer_value, described};
use crate::fields::{
    Bounds, Email, Field, FieldDescription, HStore, IPAddress, IPv4Address, IPv6Address, IndexMap, Integer,
    JsonText, MultipleChoice, OrBlank, Slug, UnicodeSlug, Url,
};
use crate::prelude::Choices;
use crate::text::dates::InputFormat;
use crate::value::Value;
use crate::value::json::{json_text, parse_json};

/// A field of the zoo: its response to input.
type Conversation = Box<dyn Fn(&Value) -> String>;

fn plain<T: Field>() -> Conversation {
    with::<T>(|_| ())
}

fn with<T: Field>(options: impl FnOnce(&mut FieldDescription)) -> Conversation {
    let mut field = described::<T>();
    options(&mut field);
    Box::new(move |input| answer_value::<T>(input, &field))
}

/// Plays the steps that are about one field; tells how many there were.
fn play(topic: &str, field_named: impl Fn(&str) -> Option<Conversation>) -> usize {
    let steps = recorded("cases", topic).into_iter().zip(recorded("golden", topic));
    let mut played = 0;
    for (case, golden) in steps {
        let Some(Value::Dict(body)) = case.get("request").and_then(|request| request.get("json")) else {
            continue;
        };
        let (Some((name, input)), 1) = (body.first(), body.len()) else { continue };
        let Some(answer) = field_named(name) else { continue };
        let json = golden.get("json").unwrap();
        let expected = match json.get("data") {
            Some(data) => data.get(name).unwrap().clone(),
            None => json.get(name).unwrap().clone(),
        };
        let found = answer(input);
        let (valid, text) = found.strip_prefix("! ").map_or((true, found.as_str()), |errors| (false, errors));
        let is = (valid, parse_json(text.as_bytes()).unwrap());
        let should = (json.get("data").is_some(), expected);
        assert!(
            alike(&is.1, &should.1) && is.0 == should.0,
            "{topic} {name} {}: {is:?}, not {should:?}",
            json_text(input)
        );
        played += 1;
    }
    played
}

/// As clients read JSON, `1` and `1.0` are the same number; `<<text>>` stands for any text.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Int(one), Value::Float(other)) | (Value::Float(other), Value::Int(one)) => {
            *one as f64 == *other
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        (Value::String(one), Value::String(other)) => match other.split_once("<<text>>") {
            Some((start, end)) => one.starts_with(start) && one.ends_with(end),
            None => one == other,
        },
        (one, other) => one == other,
    }
}

/// Returns the steps of a topic.
fn recorded(kind: &str, topic: &str) -> Vec<Value> {
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../tests/conformance/{kind}/{topic}.json"));
    let Value::Dict(mut topic) = parse_json(&std::fs::read(file).unwrap()).unwrap() else {
        panic!("no topic")
    };
    let Some(Value::List(scenarios)) = topic.swap_remove("scenarios") else { panic!("no scenarios") };
    let steps = |scenario: Value| match scenario.get("steps") {
        Some(Value::List(steps)) => steps.clone(),
        _ => panic!("no steps"),
    };
    scenarios.into_iter().flat_map(steps).collect()
}

#[test]
fn chars() {
    let field = |name: &str| {
        Some(match name {
            "plain" => plain::<String>(),
            "blank_ok" => with::<String>(|field| field.allow_blank = true),
            "null_ok" => plain::<Option<String>>(),
            "raw" => with::<String>(|field| field.trim_whitespace = false),
            "sized" => with::<String>(|field| (field.min_length, field.max_length) = (Some(3), Some(6))),
            "custom" => with::<String>(|field| {
                field.max_length = Some(4);
                field.messages.push(("max_length", "at most {max_length}, please"));
                field.messages.push(("blank", "say something"));
            }),
            _ => return None,
        })
    };
    assert!(play("zoo_chars", field) > 25);
}

#[test]
fn formats() {
    let field = |name: &str| {
        Some(match name {
            "email" => plain::<Email>(),
            "url" => plain::<Url>(),
            "slug" => plain::<Slug>(),
            "uslug" => plain::<UnicodeSlug>(),
            "regex" => with::<String>(|field| field.pattern = Regex::new(r"^[A-Z]{2}-\d+$").ok()),
            "uuid" => plain::<Uuid>(),
            "uuid_hex" => with::<Uuid>(|field| field.format = Some("hex")),
            "ip" => plain::<IPAddress>(),
            "ipv4" => plain::<IPv4Address>(),
            "ipv6" => plain::<IPv6Address>(),
            _ => return None,
        })
    };
    assert!(play("zoo_formats", field) > 60);
}

#[test]
fn numbers() {
    let decimal = |digits, places| {
        move |field: &mut FieldDescription| (field.max_digits, field.decimal_places) = (digits, Some(places))
    };
    let field = |name: &str| {
        Some(match name {
            "integer" => plain::<Integer>(),
            "small" => with::<Integer>(|field| {
                (field.min_value, field.max_value) = (Some((-5).into()), Some(10.into()));
            }),
            "null_int" => plain::<Option<Integer>>(),
            "floating" => plain::<f64>(),
            "ranged" => {
                with::<f64>(|field| (field.min_value, field.max_value) = (Some(0.5.into()), Some(2.5.into())))
            }
            "decimal" => with::<Decimal>(decimal(Some(6), 2)),
            "ratio" => with::<Decimal>(|field| {
                decimal(Some(5), 3)(field);
                field.coerce_to_string = Some(false);
            }),
            "money" => with::<Decimal>(|field| {
                decimal(None, 2)(field);
                (field.min_value, field.max_value) = (Some(0.into()), Some(1000.into()));
            }),
            "trimmed" => with::<Decimal>(|field| {
                decimal(Some(8), 4)(field);
                field.normalize_output = true;
            }),
            _ => return None,
        })
    };
    assert!(play("zoo_numbers", field) > 80);
}

#[test]
fn booleans() {
    let field = |name: &str| {
        Some(match name {
            "flag" | "on" => plain::<bool>(),
            "maybe" => plain::<Option<bool>>(),
            _ => return None,
        })
    };
    assert!(play("zoo_booleans", field) > 30);
}

#[test]
fn times() {
    let formats = |formats: &[&'static str]| -> Vec<_> {
        formats.iter().map(|format| (*format, InputFormat::new(format).unwrap())).collect()
    };
    let field = |name: &str| {
        Some(match name {
            "date" => plain::<NaiveDate>(),
            "eu_date" => with::<NaiveDate>(|field| {
                field.input_formats = formats(&["%d.%m.%Y"]);
                field.format = Some("%d/%m/%Y");
            }),
            "datetime" => plain::<DateTime<Utc>>(),
            "shanghai" => with::<DateTime<Utc>>(|field| field.timezone = "Asia/Shanghai".parse().ok()),
            "stamp" => with::<DateTime<Utc>>(|field| {
                field.input_formats = formats(&["%Y-%m-%d %H:%M", "iso-8601"]);
                field.format = Some("%Y-%m-%d %H:%M:%S");
            }),
            "time" => plain::<NaiveTime>(),
            "duration" => plain::<TimeDelta>(),
            "short" => with::<TimeDelta>(|field| {
                field.min_value = Some(TimeDelta::minutes(1).into());
                field.max_value = Some(Bounds::from(7200).of_kind(field.kind));
            }),
            _ => return None,
        })
    };
    assert!(play("zoo_times", field) > 70);
}

#[derive(Debug, Clone, Copy, PartialEq, Choices)]
enum Size {
    #[choice(value = "s")]
    Small,
    #[choice(value = "m")]
    Medium,
    #[choice(value = "l")]
    Large,
}

#[derive(Debug, Clone, Copy, PartialEq, Choices)]
enum Number {
    One = 1,
    Two,
    Three,
}

#[derive(Debug, Clone, Copy, PartialEq, Choices)]
enum First {
    A,
    B,
}

#[derive(Debug, Clone, Copy, PartialEq, Choices)]
enum Last {
    X,
    Y,
    Z,
}

#[derive(Debug, Clone, Copy, PartialEq, Choices)]
enum Colour {
    #[choice(group = "Warm")]
    Red,
    #[choice(group = "Warm")]
    Orange,
    Blue,
}

#[test]
fn choices() {
    let field = |name: &str| {
        Some(match name {
            "size" => plain::<Size>(),
            "number" => plain::<Number>(),
            "blank" => plain::<OrBlank<First>>(),
            "grouped" => plain::<Colour>(),
            "many" => plain::<MultipleChoice<Last>>(),
            "some" => with::<MultipleChoice<Last>>(|field| field.allow_empty = false),
            _ => return None,
        })
    };
    assert!(play("zoo_choices", field) > 30);
    assert_eq!((Colour::Orange.group(), Colour::Blue.group()), (Some("Warm"), None));
}

#[test]
fn containers() {
    let child = |field: &mut FieldDescription, options: fn(&mut FieldDescription)| {
        options(field.child.as_mut().unwrap());
    };
    let field = |name: &str| {
        Some(match name {
            "any_list" => plain::<Vec<Value>>(),
            "ints" => with::<Vec<i64>>(|field| {
                (field.min_length, field.max_length) = (Some(1), Some(3));
                child(field, |child| child.min_value = Some(0.into()));
            }),
            "nonempty" => with::<Vec<String>>(|field| field.allow_empty = false),
            "matrix" => plain::<Vec<Vec<i64>>>(),
            "mapping" => plain::<IndexMap<String, Value>>(),
            "prices" => with::<IndexMap<String, Decimal>>(|field| {
                field.allow_empty = false;
                child(field, |child| (child.max_digits, child.decimal_places) = (Some(5), Some(2)));
            }),
            "json" => plain::<Value>(),
            "json_text" => plain::<JsonText>(),
            _ => return None,
        })
    };
    assert!(play("zoo_containers", field) > 35);
    assert_eq!(plain::<HStore>()(&Value::from([("a", 1)])), r#"{"a":"1"}"#);
}
