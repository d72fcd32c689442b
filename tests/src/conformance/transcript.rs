//! The part of an answer that is compared, as it stands in the golden files.

use std::collections::BTreeMap;

use super::answer::TestResponse;
use super::cases::{BodyMode, Compare};
use super::json::Json;

/// The headers that the bookstore's suite always compares, and their absence too.
const HEADERS: [&str; 12] = [
    "content-type",
    "allow",
    "vary",
    "www-authenticate",
    "retry-after",
    "location",
    "link",
    "cache-control",
    "content-disposition",
    "etag",
    "last-modified",
    "expires",
];
const SET_HEADERS: [&str; 2] = ["allow", "vary"];

/// The headers that are always compared where no `suite.json` says otherwise.
pub(super) fn headers() -> Vec<String> {
    HEADERS.map(str::to_owned).to_vec()
}

/// The compared part of one response.
#[derive(Clone, Debug)]
pub struct Transcript {
    /// The status code
    pub status: u16,
    /// The headers that count: text, a sorted list (`allow`, `vary`) or an object (`set-cookie`)
    pub headers: BTreeMap<String, Json>,
    /// The body; `None` where it does not count
    pub body: Option<Body>,
}

/// A body.
#[derive(Clone, Debug)]
pub enum Body {
    /// Compared by values, types and the order of keys
    Json(Json),
    /// Compared as text
    Text(String),
    /// No body at all
    Empty,
}

impl Transcript {
    /// Reads a golden answer.
    pub fn recorded(golden: &Json) -> Result<Self, String> {
        let status = golden.member("status")?.as_f64().unwrap_or_default() as u16;
        let headers =
            golden.members_at("headers").map(|(name, value)| (name.to_owned(), value.clone())).collect();
        let body = match (golden.get("json"), golden.get("text"), golden.get("empty")) {
            (Some(json), ..) => Some(Body::Json(json.clone())),
            (None, Some(_), _) => Some(Body::Text(golden.text_at("text")?.to_owned())),
            (None, None, Some(_)) => Some(Body::Empty),
            (None, None, None) => None,
        };
        Ok(Self { status, headers, body })
    }

    /// Takes what the step compares from a response; `headers` are those that the suite always compares.
    pub fn of(answer: &TestResponse, compare: &Compare, headers: &[String]) -> Self {
        let names = headers.iter().chain(&compare.headers).map(String::as_str);
        let names = names.filter(|name| !compare.ignore_headers.iter().any(|ignored| ignored == name));
        let headers = names.filter_map(|name| Some((name.to_owned(), header(answer, name)?))).collect();
        Self { status: answer.status, headers, body: Body::of(answer, &compare.body) }
    }
}

impl Body {
    fn of(answer: &TestResponse, mode: &BodyMode) -> Option<Self> {
        if *mode == BodyMode::Ignore {
            return None;
        }
        if answer.body.is_empty() {
            return Some(Self::Empty);
        }
        let json = if *mode == BodyMode::Full && answer.is_json() { answer.json() } else { None };
        Some(json.map_or_else(|| Self::Text(answer.text()), Self::Json))
    }

    /// The JSON text for a report.
    pub fn shown(&self) -> String {
        match self {
            Self::Json(json) => json.shown(),
            Self::Text(text) => Json::from(text.as_str()).shown(),
            Self::Empty => "no body".to_owned(),
        }
    }
}

fn header(answer: &TestResponse, name: &str) -> Option<Json> {
    if name == "set-cookie" {
        return cookies(answer);
    }
    let value = answer.header(name)?;
    if !SET_HEADERS.contains(&name) {
        return Some(Json::Str(value));
    }
    let mut items: Vec<_> = value.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
    items.sort_unstable();
    Some(items.into_iter().map(Json::from).collect())
}

fn cookies(answer: &TestResponse) -> Option<Json> {
    let cookies: Vec<_> = answer.cookies().into_iter().collect();
    let cookies = cookies.into_iter().map(|(name, cookie)| {
        let attributes: Json = cookie.attributes.into_iter().map(Json::Str).collect();
        let members = [("value".to_owned(), Json::Str(cookie.value)), ("attributes".to_owned(), attributes)];
        (name, members.into_iter().collect::<Json>())
    });
    Some(cookies.collect::<Json>()).filter(|cookies| *cookies != Json::Object(Default::default()))
}
