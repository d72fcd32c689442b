//! Turns the `request` of a step into the exact bytes that are sent.

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::json::Json;

const HOST: &str = "testserver";
const BOUNDARY: &str = "BoUnDaRyStRiNg";
/// What may stand in a target besides letters, digits and `_.-~`.
const SAFE_IN_TARGET: &[u8] = b"/?&=%:+,;@!$'()*~-._[]";

/// A request, ready to be written.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method, of any name
    pub method: String,
    /// Path and query, percent-encoded
    pub target: String,
    /// All headers, in order; nothing else is sent
    pub headers: Vec<(String, String)>,
    /// The body; `None` is not the same as an empty one
    pub body: Option<Vec<u8>>,
}

impl Request {
    /// Builds the request that a step describes, its variables filled in; `users` is the suite's `users.json`.
    pub fn new(step: &Json, users: &Json) -> Result<Self, String> {
        let method = step.text_at("method")?.to_owned();
        let target = target(&step.member("path")?.to_python_str());
        let (content_type, body) = body(step)?;
        let mut headers = vec![header("Host", HOST), header("Accept", "*/*")];
        headers.extend(content_type.map(|value| header("Content-Type", &value)));
        if let Some(user) = step.get("as").and_then(Json::as_str).filter(|user| !user.is_empty()) {
            headers.push(header("Authorization", &format!("Token {}", token(user, users)?)));
        }
        for (name, value) in step.members_at("headers") {
            headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            if *value != Json::Null {
                headers.push(header(name, &value.to_python_str()));
            }
        }
        let has_length = body.is_some() || matches!(method.as_str(), "POST" | "PUT" | "PATCH");
        if has_length && !headers.iter().any(|(name, _)| name == "Content-Length") {
            headers.push(header("Content-Length", &body.as_ref().map_or(0, Vec::len).to_string()));
        }
        headers.push(header("Connection", "close"));
        Ok(Self { method, target, headers, body })
    }

    /// The request on the wire.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str("\r\n");
        [head.as_bytes(), self.body.as_deref().unwrap_or_default()].concat()
    }
}

fn header(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn token<'u>(user: &str, users: &'u Json) -> Result<&'u str, String> {
    let user = users.get(user).ok_or_else(|| format!("no user `{user}` in users.json"))?;
    user.text_at("token")
}

fn target(path: &str) -> String {
    let absolute = path.strip_prefix("http://").or_else(|| path.strip_prefix("https://"));
    match absolute.map_or(path.to_owned(), path_and_query) {
        empty if empty.is_empty() => "/".to_owned(),
        target => quote(&target, SAFE_IN_TARGET),
    }
}

/// Of a link that an earlier answer gave, its scheme already taken away.
fn path_and_query(link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let link = link.find(['/', '?']).map_or("", |start| &link[start..]);
    match link.split_once('?') {
        Some((path, "")) => path.to_owned(),
        _ => link.to_owned(),
    }
}

/// Python's `urllib.parse.quote`.
fn quote(text: &str, safe: &[u8]) -> String {
    let always = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-~".contains(&byte);
    let quoted = text.bytes().map(|byte| match byte {
        _ if always(byte) || safe.contains(&byte) => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    quoted.collect()
}

type Body = (Option<String>, Option<Vec<u8>>);

fn body(step: &Json) -> Result<Body, String> {
    if let Some(json) = step.get("json") {
        return Ok((Some("application/json".to_owned()), Some(json.to_string().into_bytes())));
    }
    if let Some(form) = step.get("form") {
        return Ok((
            Some("application/x-www-form-urlencoded".to_owned()),
            Some(urlencoded(form)?.into_bytes()),
        ));
    }
    if step.get("multipart").is_some() {
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        return Ok((Some(content_type), Some(multipart(step.list_at("multipart")?)?)));
    }
    if step.get("body").is_some() {
        return Ok((None, Some(step.text_at("body")?.as_bytes().to_vec())));
    }
    if step.get("body_base64").is_some() {
        let decoded =
            BASE64_STANDARD.decode(step.text_at("body_base64")?).map_err(|error| error.to_string())?;
        return Ok((None, Some(decoded)));
    }
    Ok((None, None))
}

/// Python's `urllib.parse.urlencode` of an object or of a list of pairs.
fn urlencoded(form: &Json) -> Result<String, String> {
    let text = |value: &Json| quote(&value.to_python_str(), b" ").replace(' ', "+");
    let pairs: Result<Vec<_>, String> = match form {
        Json::Object(fields) => Ok(fields
            .iter()
            .map(|(name, value)| format!("{}={}", text(&name.as_str().into()), text(value)))
            .collect()),
        Json::List(pairs) => pairs
            .iter()
            .map(|pair| match pair {
                Json::List(pair) if pair.len() == 2 => Ok(format!("{}={}", text(&pair[0]), text(&pair[1]))),
                _ => Err(format!("not a pair of a form: {pair}")),
            })
            .collect(),
        _ => Err(format!("neither an object nor a list of pairs: {form}")),
    };
    Ok(pairs?.join("&"))
}

fn multipart(parts: &[Json]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    for part in parts {
        let name = part.text_at("name")?;
        let mut head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
        let filename = part.get("filename").map(Json::to_python_str);
        if let Some(filename) = &filename {
            head.push_str(&format!("; filename=\"{filename}\""));
        }
        let content_type = part.get("type").map(Json::to_python_str);
        if filename.is_some() || content_type.is_some() {
            let content_type = content_type.as_deref().unwrap_or("application/octet-stream");
            head.push_str(&format!("\r\nContent-Type: {content_type}"));
        }
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(b"\r\n\r\n");
        out.extend(content(part)?);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    Ok(out)
}

fn content(part: &Json) -> Result<Vec<u8>, String> {
    if part.get("content_base64").is_some() {
        return BASE64_STANDARD.decode(part.text_at("content_base64")?).map_err(|error| error.to_string());
    }
    let content = part.get("content").map_or_else(|| part.member("value"), Ok)?;
    Ok(content.to_python_str().into_bytes())
}
