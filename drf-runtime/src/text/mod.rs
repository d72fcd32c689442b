//! Scalars as text: read and written exactly as Python, Django and Django REST framework do it.
//!
//! Everything here is a pure function of its arguments; fields decide which message a refusal becomes.

pub(crate) mod dates;
pub(crate) mod formats;
pub(crate) mod numbers;
pub(crate) mod unicode;

/// Compiles a pattern that is part of this crate's source.
fn constant_regex(pattern: &str) -> regex::Regex {
    // not reachable by a request: every such pattern is compiled by a test
    regex::Regex::new(pattern).expect("bug in `drf`: a constant pattern is not a regex")
}
