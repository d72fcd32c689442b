//! Pages to read.

/// What a request costs, measured.
#[doc = include_str!("../docs/performance.md")]
pub mod performance {}

/// What a resource costs the compiler, measured.
#[doc = include_str!("../docs/compile-time.md")]
pub mod compile_time {}
