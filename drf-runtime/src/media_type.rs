//! Media types of `Content-Type` and `Accept`, and the parameters of headers of that form.

use std::fmt;

use encoding_rs::{Encoding, UTF_8};
use indexmap::IndexMap;
use percent_encoding::percent_decode_str;

/// The parameters of a header: names in lower case, in the order in which they came.
pub(crate) type Parameters = IndexMap<String, String>;

/// The most bytes of a media type in a header.
pub(crate) const MAX_MEDIA_TYPE_LENGTH: usize = 256;

/// A media type or a range of them, such as `application/json; indent=4`, `text/*` or `*/*`.
///
/// Type, subtype and the names of parameters do not depend on upper and lower case. Parsing never fails: a malformed
/// text becomes a media type that matches nothing a server offers. DRF's `_MediaType`.
///
/// ```
/// use drf::media_type::MediaType;
///
/// let accepted = MediaType::parse("Application/JSON; indent=4");
/// assert_eq!(accepted.sub_type(), "json");
/// assert_eq!(accepted.param("indent"), Some("4"));
/// assert_eq!(accepted.precedence(), 3);
/// assert!(MediaType::parse("application/*").matches(&accepted));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    main_type: String,
    sub_type: String,
    params: Parameters,
}

impl MediaType {
    /// Reads a media type as it stands in a header.
    pub fn parse(text: &str) -> Self {
        let (full_type, params) = parse_header_parameters(text).unwrap_or_else(Default::default);
        let (main_type, sub_type) = full_type.split_once('/').unwrap_or((&full_type, ""));
        Self { main_type: main_type.to_owned(), sub_type: sub_type.to_owned(), params }
    }

    /// Returns the part before the slash, in lower case.
    pub fn main_type(&self) -> &str {
        &self.main_type
    }

    /// Returns the part after the slash, in lower case.
    pub fn sub_type(&self) -> &str {
        &self.sub_type
    }

    /// Returns the value of a parameter; the name is given in lower case.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.params.get(name).map(String::as_str)
    }

    /// Returns all parameters in the order in which they came.
    pub fn params(&self) -> impl Iterator<Item = (&str, &str)> {
        self.params.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns whether the other media type satisfies this one.
    ///
    /// Each parameter of this one, save `q`, must be on the other; further parameters of the other do not matter.
    pub fn matches(&self, other: &MediaType) -> bool {
        self.params().all(|(name, value)| name == "q" || other.param(name) == Some(value))
            && matches_part(&self.sub_type, &other.sub_type)
            && matches_part(&self.main_type, &other.main_type)
    }

    /// Returns the precedence of the media type: 0 for `*/*`, 1 for `type/*`, 2 for `type/subtype`, 3 with parameters.
    pub fn precedence(&self) -> u8 {
        match self {
            _ if self.main_type == "*" => 0,
            _ if self.sub_type == "*" => 1,
            _ if self.params.keys().all(|name| name == "q") => 2,
            _ => 3,
        }
    }

    /// Returns whether this is a media type of HTML forms: urlencoded or multipart.
    pub(crate) fn is_form(&self) -> bool {
        let full_type = (self.main_type.as_str(), self.sub_type.as_str());
        matches!(full_type, ("application", "x-www-form-urlencoded") | ("multipart", "form-data"))
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.main_type, self.sub_type)?;
        self.params().try_for_each(|(name, value)| write!(f, "; {name}={value}"))
    }
}

/// Returns whether the media type `rhs` satisfies `lhs`, both as they stand in a header. DRF's `media_type_matches`.
pub fn media_type_matches(lhs: &str, rhs: &str) -> bool {
    MediaType::parse(lhs).matches(&MediaType::parse(rhs))
}

fn matches_part(lhs: &str, rhs: &str) -> bool {
    lhs == "*" || rhs == "*" || lhs == rhs
}

/// Returns the main value of a header like `Content-Type`, in lower case, and its parameters.
///
/// `None` if a parameter is in an unknown charset (`filename*=klingon''a`). Django's function of this name.
pub(crate) fn parse_header_parameters(line: &str) -> Option<(String, Parameters)> {
    let mut parts = split_outside_quotes(line);
    let value = parts.next().unwrap_or("").trim().to_lowercase();
    let (mut params, mut extended) = (Parameters::new(), Parameters::new());
    for part in parts {
        let (name, text) = part.split_once('=').unwrap_or((part, ""));
        let (name, text) = (name.trim().to_lowercase(), unquote(text.trim()));
        match name.strip_suffix('*') {
            Some(name) => drop(extended.insert(name.to_owned(), decode_extended(&text)?)),
            None if name.is_empty() => {}
            None => drop(params.insert(name, text)),
        }
    }
    // RFC 6266: `filename*` wins over `filename`, whichever comes first
    params.extend(extended);
    Some((value, params))
}

fn split_outside_quotes(line: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut previous) = (false, ' ');
    line.split(move |c| {
        quoted ^= c == '"' && previous != '\\';
        previous = c;
        c == ';' && !quoted
    })
}

fn unquote(text: &str) -> String {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(inner) => inner.replace(r"\\", r"\").replace(r#"\""#, "\""),
        None => text.to_owned(),
    }
}

/// Reads an RFC 8187 value: `UTF-8'en'na%C3%AFve.txt`.
fn decode_extended(text: &str) -> Option<String> {
    let mut parts = text.splitn(3, '\'');
    let (charset, encoded) = match (parts.next(), parts.next(), parts.next()) {
        (Some(charset), Some(_language), Some(encoded)) => (charset, encoded),
        _ => ("", text),
    };
    let encoding = if charset.is_empty() { UTF_8 } else { Encoding::for_label(charset.as_bytes())? };
    let bytes: Vec<u8> = percent_decode_str(encoded).collect();
    Some(encoding.decode_without_bom_handling(&bytes).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_and_parameter_names_ignore_case() {
        let media_type = MediaType::parse(" APPLICATION/Json ; Indent=4;CHARSET=\"UTF-8\"");
        assert_eq!((media_type.main_type(), media_type.sub_type()), ("application", "json"));
        assert_eq!(media_type.params().collect::<Vec<_>>(), [("indent", "4"), ("charset", "UTF-8")]);
        assert_eq!(media_type.to_string(), "application/json; indent=4; charset=UTF-8");
    }

    #[test]
    fn wildcards_match_in_both_directions() {
        assert!(media_type_matches("*/*", "text/plain"));
        assert!(media_type_matches("text/*", "text/plain"));
        assert!(media_type_matches("text/plain", "*/*"));
        assert!(!media_type_matches("text/*", "application/json"));
        assert!(!media_type_matches("application/json", "application/vnd.api+json"));
    }

    #[test]
    fn parameters_of_the_left_side_are_required_except_q() {
        assert!(media_type_matches("application/json", "application/json; indent=4"));
        assert!(media_type_matches("application/json; q=0.5", "application/json"));
        assert!(media_type_matches("application/json; version=1", "application/json; version=1; a=b"));
        assert!(!media_type_matches("application/json; version=1", "application/json"));
        assert!(!media_type_matches("application/json; version=1", "application/json; version=2"));
    }

    #[test]
    fn precedence_grows_with_detail() {
        let types = ["*/*", "text/*; a=1", "text/html", "text/html; q=0.1", "text/html; q=0.1; a=1", ""];
        assert_eq!(types.map(|text| MediaType::parse(text).precedence()), [0, 1, 2, 2, 3, 2]);
    }

    #[test]
    fn malformed_text_matches_nothing() {
        for text in ["", "json", ";;;", "/", "a/b/c", "text/plain; a*=klingon''x"] {
            assert!(!media_type_matches("application/json", text), "{text}");
        }
    }

    fn parameter(line: &str, name: &str) -> Option<String> {
        parse_header_parameters(line)?.1.swap_remove(name)
    }

    #[test]
    fn quotes_protect_separators_and_quotes() {
        let line = r#"form-data; name="a;b=c"; filename="say \"hi\"; C:\dir\x.txt""#;
        assert_eq!(parameter(line, "name").as_deref(), Some("a;b=c"));
        assert_eq!(parameter(line, "filename").as_deref(), Some(r#"say "hi"; C:\dir\x.txt"#));
        assert_eq!(parameter("a; name=\"open; b=1", "name").as_deref(), Some("\"open; b=1"));
    }

    #[test]
    fn extended_parameters_are_decoded_and_win() {
        let line = "attachment; filename*=UTF-8''%e4%b8%ad.txt; filename=plain.txt";
        assert_eq!(parameter(line, "filename").as_deref(), Some("中.txt"));
        assert_eq!(parameter("a; f*=iso-8859-1'en'%e9", "f").as_deref(), Some("é"));
        assert_eq!(parameter("a; f*=%e4%b8%ad", "f").as_deref(), Some("中"));
        assert_eq!(parse_header_parameters("a; f*=klingon''x"), None);
    }
}
