//! Errors: the mistake, at the word that is wrong, and on the next line the help.

mod suggest;

pub(crate) use suggest::{help, nearest, one_of};

/// An error at a word of the user.
pub(crate) type Error = darling::Error;

/// A value, or the mistake in it.
pub(crate) type Result<T, E = Error> = core::result::Result<T, E>;

/// The errors of one attribute: all are collected, none ends the expansion.
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
