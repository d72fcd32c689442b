//! What the tests of `tests/it` share.

#![allow(
    clippy::disallowed_methods,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "fixtures"
)]

pub mod conformance;
pub mod engines;
pub mod shop;
mod statements;
pub mod uuids;

pub use statements::Statements;
