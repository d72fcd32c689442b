//! Values that a step keeps for later steps: `"save": {"id": "$.id"}`, then `"/api/books/{id}/"`.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::answer::TestResponse;
use super::cases::Step;
use super::json::Json;

static PLACEHOLDER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\{([a-z_][a-z0-9_]*)\}").expect("the pattern is valid"));

/// The variables of a scenario; `None` until (and unless) a step could save a value.
#[derive(Debug, Default)]
pub struct Variables(HashMap<String, Option<Json>>);

impl Variables {
    /// All names that the steps save, without values. Braces around any other word are plain text.
    pub fn of(steps: &[Step]) -> Self {
        Self(steps.iter().flat_map(|step| &step.save).map(|(name, _)| (name.clone(), None)).collect())
    }

    /// Keeps what the step asks for; a value that is not in the answer unsets the variable.
    pub fn save(&mut self, step: &Step, answer: &TestResponse) {
        for (name, source) in &step.save {
            let value = find(answer, source).filter(|value| *value != Json::Null);
            self.0.insert(name.clone(), value);
        }
    }

    /// The value with every `{name}` replaced; a string that is only `{name}` becomes the saved value itself.
    pub fn fill(&self, value: &Json) -> Result<Json, String> {
        match value {
            Json::Str(text) => self.fill_text(text),
            Json::List(items) => items.iter().map(|item| self.fill(item)).collect(),
            Json::Object(members) => {
                members.iter().map(|(key, member)| Ok((key.clone(), self.fill(member)?))).collect()
            }
            _ => Ok(value.clone()),
        }
    }

    fn fill_text(&self, text: &str) -> Result<Json, String> {
        let (mut filled, mut end) = (String::new(), 0);
        for found in PLACEHOLDER.captures_iter(text) {
            let (placeholder, name) = (found.get_match(), &found[1]);
            let Some(value) = self.0.get(name) else { continue };
            let value = value
                .as_ref()
                .ok_or_else(|| format!("variable {{{name}}} was not set by an earlier step"))?;
            if placeholder.len() == text.len() {
                return Ok(value.clone());
            }
            filled.push_str(&text[end..placeholder.start()]);
            filled.push_str(&value.to_python_str());
            end = placeholder.end();
        }
        filled.push_str(&text[end..]);
        Ok(Json::Str(filled))
    }
}

fn find(answer: &TestResponse, source: &str) -> Option<Json> {
    if let Some(name) = source.strip_prefix("header:") {
        return answer.header(name).map(Json::Str);
    }
    if let Some(name) = source.strip_prefix("cookie:") {
        return answer.cookies().get(name).map(|cookie| cookie.value.as_str().into());
    }
    at_path(&answer.json()?, source.strip_prefix('$')?).cloned()
}

/// Follows `.a.b[0].c`; a negative index counts from the end.
fn at_path<'j>(json: &'j Json, path: &str) -> Option<&'j Json> {
    path.split(['.', '[']).filter(|part| !part.is_empty()).try_fold(json, |json, part| {
        match (json, part.strip_suffix(']')) {
            (Json::List(items), Some(index)) => match index.strip_prefix('-') {
                Some(back) => items.get(items.len().checked_sub(back.parse().ok()?)?),
                None => items.get(index.parse::<usize>().ok()?),
            },
            (_, None) => json.get(part),
            _ => None,
        }
    })
}
