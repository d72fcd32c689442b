//! The description of a URL, for `OPTIONS`. DRF's `SimpleMetadata`.

use http::Method;

use super::Action;
use crate::exceptions::{Error, Result};
use crate::fields::{Bounds, FieldDescription, FieldKind};
use crate::request::Request;
use crate::response::Response;
use crate::serializers::SerializerDescription;
use crate::value::{Dict, Value};

/// Responds to `OPTIONS`.
pub(crate) async fn options(request: &Request) -> Result<Response> {
    let policies = request.policies();
    let mut metadata = Dict::new();
    metadata.insert("name".to_owned(), view_name(request).into());
    metadata.insert("description".to_owned(), view_description(request).into());
    let renders = policies.renderers.iter().map(|renderer| renderer.media_type()).collect::<Vec<_>>();
    let parses = policies.parsers.iter().map(|parser| parser.media_type()).collect::<Vec<_>>();
    metadata.insert("renders".to_owned(), renders.into());
    metadata.insert("parses".to_owned(), parses.into());
    let actions = determine_actions(request).await?;
    if !actions.is_empty() {
        metadata.insert("actions".to_owned(), Value::Dict(actions));
    }
    Ok(Response::ok(Value::Dict(metadata)))
}

/// `PublisherViewSet` as "Publisher List", an action `all_names` as "All names".
pub(crate) fn view_name(request: &Request) -> String {
    if let Some(action) = extra_action(request) {
        return capitalize(&action.name.replace('_', " "));
    }
    let name = request.view().description.name;
    let name = name.strip_suffix("View").unwrap_or(name);
    let name = camelcase_to_spaces(name.strip_suffix("ViewSet").unwrap_or(name));
    match (request.view().description.suffixed, request.resolver_match().is_detail()) {
        (false, _) => name,
        (true, true) => format!("{name} Instance"),
        (true, false) => format!("{name} List"),
    }
}

/// Returns the doc comment of the `#[action]`, else that of the viewset.
pub(crate) fn view_description(request: &Request) -> &'static str {
    let action = extra_action(request).map(|action| action.description);
    action.filter(|text| !text.is_empty()).unwrap_or(request.view().description.description)
}

fn extra_action(request: &Request) -> Option<&Action> {
    request.resolver_match().extra_action().map(|index| &request.view().description.actions[index])
}

/// DRF's `camelcase_to_spaces`: "AuditLog" is "Audit Log", "APIRoot" is "Api Root".
fn camelcase_to_spaces(name: &str) -> String {
    let mut words = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| letters[index]);
        let after = letters.get(index + 1);
        let begins = letter.is_uppercase()
            && before.is_some_and(|before| {
                before.is_lowercase() || after.is_some_and(|after| after.is_lowercase())
            });
        if begins {
            words.push(' ');
        }
        words.push(*letter);
    }
    words.split(' ').map(capitalize).collect::<Vec<_>>().join(" ")
}

fn capitalize(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + &letters.as_str().to_lowercase()
}

/// Returns the fields for the methods that the request could use with its rights.
async fn determine_actions(request: &Request) -> Result<Dict> {
    let mut actions = Dict::new();
    for method in [Method::POST, Method::PUT] {
        let Some((_, index)) =
            request.resolver_match().route().methods.iter().find(|(known, _)| *known == method)
        else {
            continue;
        };
        let action = &request.view().description.actions[*index];
        let Some(serializer) = action.serializer.or_else(|| default_serializer(request)) else { continue };
        if may(request, &method).await? {
            actions.insert(method.to_string(), fields(serializer()));
        }
    }
    Ok(actions)
}

/// Returns the serializer that an `#[action]` without one of its own inherits: that of the viewset.
fn default_serializer(request: &Request) -> Option<fn() -> &'static SerializerDescription> {
    let standard = |action: &&Action| action.url_path.is_empty();
    request.view().description.actions.iter().filter(standard).find_map(|action| action.serializer)
}

/// Returns whether the same client could send this method: the permissions are asked again, and for `PUT` the row is looked up.
async fn may(request: &Request, method: &Method) -> Result<bool> {
    match super::check_access(&request.as_method(method)).await {
        Ok(()) => Ok(true),
        Err(Error::Api(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

fn fields(serializer: &SerializerDescription) -> Value {
    let known = serializer.fields.iter().filter(|field| !field.hidden);
    Value::Dict(known.map(|field| (field.name.to_owned(), info(field))).collect())
}

fn info(field: &FieldDescription) -> Value {
    let mut entries = Dict::new();
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            entries.insert(key.to_owned(), value);
        }
    };
    // What is not read, and what is chosen from a list, has no limits of its own.
    let chosen = matches!(field.kind, FieldKind::Choice | FieldKind::MultipleChoice);
    let limited = !field.read_only && !chosen;
    let size = |size: Option<usize>| size.filter(|_| limited).map(|size| Value::Int(size as i64));
    let bounds = |bounds: Option<Bounds>| {
        bounds.filter(|_| limited).map(|bounds| match bounds {
            Bounds::Int(number) => Value::Int(number),
            Bounds::Float(number) => Value::Float(number),
            Bounds::Decimal(_) => Value::Float(bounds.as_f64()),
            Bounds::Duration(_) => Value::String(bounds.text()),
        })
    };
    put("type", Some(kind(field).into()));
    put("required", Some(field.required.into()));
    put("read_only", Some(field.read_only.into()));
    put("label", Some(field.label.as_str()).filter(|label| !label.is_empty()).map(Value::from));
    put("help_text", field.help_text.as_deref().map(Value::from));
    put("min_length", size(field.min_length));
    put("max_length", size(field.max_length.filter(|_| field.pattern.is_none() || !field.implied_length)));
    // An integer column has the limits of its type.
    let (min, max) = field.range.filter(|_| field.target.is_some()).unzip();
    put("min_value", bounds(field.min_value.or(min.map(Bounds::Int))));
    put("max_value", bounds(field.max_value.or(max.map(Bounds::Int))));
    put("max_digits", field.max_digits.map(Value::from));
    put("decimal_places", field.decimal_places.map(Value::from));
    put("child", field.child.as_deref().map(info));
    match field.nested() {
        Some((serializer, true)) => put("child", Some(objects(field, fields(serializer)))),
        Some((serializer, false)) => put("children", Some(fields(serializer))),
        None => {}
    }
    if !field.read_only && !field.choices.is_empty() {
        let choice = |(value, label): &(Value, String)| {
            let choice =
                [("value".to_owned(), value.clone()), ("display_name".to_owned(), label.as_str().into())];
            Value::Dict(Dict::from(choice))
        };
        put("choices", Some(Value::List(field.choices.iter().map(choice).collect())));
    }
    Value::Dict(entries)
}

/// Returns one of the objects of a nested list.
fn objects(field: &FieldDescription, children: Value) -> Value {
    let entries: [(&str, Value); 4] = [
        ("type", FieldKind::NestedObject.label().into()),
        ("required", field.required.into()),
        ("read_only", field.read_only.into()),
        ("children", children),
    ];
    Value::from(entries)
}

fn kind(field: &FieldDescription) -> &'static str {
    match field.kind {
        FieldKind::NestedObject if matches!(field.nested(), Some((_, true))) => "field",
        FieldKind::String if field.pattern.is_some() => "regex",
        kind => kind.label(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use rust_decimal::Decimal;

    use super::*;
    use crate::fields::tests::described;
    use crate::fields::{Field, File, HStore, IndexMap, MultipleChoice};
    use crate::prelude::Choices;
    use crate::value::json::json_text;

    #[derive(Debug, Clone, Choices)]
    enum Letter {
        X,
        #[choice(label = "Why")]
        Y,
    }

    /// Checks the description of a field beyond its name, and that it is required.
    #[track_caller]
    fn check<T: Field>(options: impl FnOnce(&mut FieldDescription), expected: &str) {
        let mut field = described::<T>();
        options(&mut field);
        let Value::Dict(mut entries) = info(&field) else { panic!("no object") };
        for key in ["label", "required", "read_only"] {
            assert!(entries.shift_remove(key).is_some(), "{key}");
        }
        assert_eq!(json_text(&Value::Dict(entries)), expected);
    }

    #[test]
    fn lists_and_dicts_describe_their_items() {
        let limits = |field: &mut FieldDescription| {
            (field.min_length, field.max_length) = (Some(1), Some(3));
            field.child.as_mut().unwrap().min_value = Some(0.into());
        };
        let child = r#"{"type":"integer","required":true,"read_only":false,"min_value":0}"#;
        check::<Vec<i64>>(
            limits,
            &format!(r#"{{"type":"list","min_length":1,"max_length":3,"child":{child}}}"#),
        );
        let child = r#"{"type":"list","required":true,"read_only":false,"child":{"type":"field","required":true,"read_only":false}}"#;
        check::<Vec<Vec<Value>>>(|_| (), &format!(r#"{{"type":"list","child":{child}}}"#));
        let child = r#"{"type":"string","required":true,"read_only":false}"#;
        check::<HStore>(|_| (), &format!(r#"{{"type":"nested object","child":{child}}}"#));
        let child = r#"{"type":"duration","required":true,"read_only":false}"#;
        check::<IndexMap<String, TimeDelta>>(
            |_| (),
            &format!(r#"{{"type":"nested object","child":{child}}}"#),
        );
    }

    #[test]
    fn choices_files_and_limits() {
        let choices = r#"[{"value":"x","display_name":"X"},{"value":"y","display_name":"Why"}]"#;
        check::<Letter>(|_| (), &format!(r#"{{"type":"choice","choices":{choices}}}"#));
        check::<MultipleChoice<Letter>>(
            |_| (),
            &format!(r#"{{"type":"multiple choice","choices":{choices}}}"#),
        );
        check::<File>(|field| field.max_length = Some(9), r#"{"type":"file upload","max_length":9}"#);
        let limit = |field: &mut FieldDescription| field.min_value = Some(Decimal::new(50, 2).into());
        check::<Decimal>(limit, r#"{"type":"decimal","min_value":0.5}"#);
        let limit = |field: &mut FieldDescription| field.max_value = Some(TimeDelta::hours(50).into());
        check::<TimeDelta>(limit, r#"{"type":"duration","max_value":"2 days, 2:00:00"}"#);
    }
}
