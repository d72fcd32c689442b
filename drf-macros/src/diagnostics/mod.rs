//! Errors: what is wrong, at the word that is wrong, and on the next line the way out.

mod suggest;

pub(crate) use suggest::{nearest, one_of, way_out};

/// An error at a word of the user.
pub(crate) type Error = darling::Error;

/// A value, or what is wrong with what was written.
pub(crate) type Result<T, E = Error> = core::result::Result<T, E>;

/// The errors of one attribute: all are collected, none ends the work.
pub(crate) type Errors = darling::error::Accumulator;

/// An error at a node: `err!(key, "unknown argument `{key}`")`.
macro_rules! err {
    ($node:expr, $($text:tt)+) => {
        $crate::diagnostics::Error::custom(format!($($text)+)).with_span(&$node)
    };
}

/// Returns an error at a node.
macro_rules! bail {
    ($node:expr, $($text:tt)+) => {
        return ::core::result::Result::Err($crate::diagnostics::err!($node, $($text)+))
    };
}

pub(crate) use {bail, err};
