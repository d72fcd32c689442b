//! A URL pattern: Django's regular expression for being exact, axum's path for being fast.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use regex::{Captures, Regex};

/// A pattern of a whole path.
#[derive(Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    /// `/api/publishers/{a0}/`, if every argument is a whole segment of the path
    pub(crate) axum: Option<String>,
    /// The arguments, with the pattern of each where it is not the usual one
    arguments: Vec<(String, Option<Regex>)>,
    /// Literal pieces and names of arguments, for building URLs
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Text(String),
    Argument(String, String),
}

/// The characters that Django's `reverse` quotes: all but letters, digits, `-._~`, RFC 3986's sub-delimiters and `/~:@`.
const QUOTED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'/')
    .remove(b':')
    .remove(b'@');

/// The default of DRF's `lookup_value_regex`.
const USUAL: &str = "[^/.]+";

impl Pattern {
    /// Creates a pattern from text with named groups: `/api/publishers/(?P<pk>[^/.]+)/`.
    pub(crate) fn new(text: &str, suffix: &str) -> Result<Self, regex::Error> {
        let pieces = split(text);
        let source: String = pieces.iter().map(Piece::source).collect();
        let regex = Regex::new(&format!("^{source}{suffix}$"))?;
        let mut arguments = Vec::new();
        for piece in &pieces {
            if let Piece::Argument(name, pattern) = piece {
                let check =
                    (pattern != USUAL).then(|| Regex::new(&format!("^(?:{pattern})$"))).transpose()?;
                arguments.push((name.clone(), check));
            }
        }
        let axum = if suffix.is_empty() { axum_path(&pieces) } else { None };
        Ok(Self { regex, axum, arguments, pieces })
    }

    /// Returns the arguments of a path, if it matches; and the format suffix.
    pub(crate) fn captures(&self, path: &str) -> Option<(Vec<String>, Option<String>)> {
        let found: Captures<'_> = self.regex.captures(path)?;
        let argument = |(name, _): &(String, _)| found.name(name).map(|text| text.as_str().to_owned());
        let format = found.name("format").map(|text| text.as_str().to_owned());
        Some((self.arguments.iter().map(argument).collect::<Option<_>>()?, format))
    }

    /// Returns whether there is anything to catch.
    pub(crate) fn has_arguments(&self) -> bool {
        !self.arguments.is_empty()
    }

    /// Returns whether arguments that axum found look as they should.
    pub(crate) fn accepts(&self, values: &[String]) -> bool {
        values.len() == self.arguments.len()
            && values.iter().zip(&self.arguments).all(|(value, (_, check))| match check {
                None => !value.is_empty() && !value.contains(['/', '.']),
                Some(check) => check.is_match(value),
            })
    }

    /// Returns the names of the arguments.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().map(|(name, _)| name.as_str())
    }

    /// Returns the path with arguments filled in; `None` if one is missing.
    pub(crate) fn reverse(&self, arguments: &[(&str, &str)]) -> Option<String> {
        let mut path = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Argument(name, _) => {
                    let (_, value) = arguments.iter().find(|(given, _)| given == name)?;
                    path.extend(utf8_percent_encode(value, QUOTED));
                }
            }
        }
        Some(path)
    }
}

impl Piece {
    fn source(&self) -> String {
        match self {
            Piece::Text(text) => regex::escape(text),
            Piece::Argument(name, pattern) => format!("(?P<{name}>{pattern})"),
        }
    }
}

/// Splits text at its named groups.
fn split(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("(?P<") {
        let Some((name, pattern, end)) = group(&rest[start..]) else { break };
        if start > 0 {
            pieces.push(Piece::Text(rest[..start].to_owned()));
        }
        pieces.push(Piece::Argument(name.to_owned(), pattern.to_owned()));
        rest = &rest[start + end..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

/// Name, pattern and length of the named group that a text begins with.
fn group(text: &str) -> Option<(&str, &str, usize)> {
    let name_end = text.find('>')?;
    let (mut depth, mut escaped, mut class) = (1, false, false);
    for (index, byte) in text.bytes().enumerate().skip(name_end + 1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' if !class => class = true,
            b']' => class = false,
            b'(' if !class => depth += 1,
            b')' if !class => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((&text[4..name_end], &text[name_end + 1..index], index + 1));
        }
    }
    None
}

/// Returns the path for axum, if it can be one. Arguments are named by position, so that routes which name them differently
/// can share a place in axum's tree.
fn axum_path(pieces: &[Piece]) -> Option<String> {
    let mut path = String::new();
    let mut number = 0;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) if text.contains(['{', '}', '(', ')', '*']) => return None,
            Piece::Text(text) => path.push_str(text),
            Piece::Argument(_, pattern) => {
                let next = pieces.get(index + 1);
                let ends = next.is_none() || matches!(next, Some(Piece::Text(text)) if text.starts_with('/'));
                if !path.ends_with('/') || !ends || pattern.contains('/') && pattern != USUAL {
                    return None;
                }
                path.push_str(&format!("{{a{number}}}"));
                number += 1;
            }
        }
    }
    Some(path)
}
