//! Pages to read.

/// What a request costs, measured.
#[doc = include_str!("../docs/performance.md")]
pub mod performance {}
