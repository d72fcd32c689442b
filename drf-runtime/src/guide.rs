//! Pages to read.

/// What a request costs, measured.
#[doc = include_str!("../docs/performance.md")]
pub mod performance {}

/// What a resource costs the compiler, measured.
#[doc = include_str!("../docs/compile-time.md")]
pub mod compile_time {}

/// Limits of requests, passwords, connections and the server.
#[doc = include_str!("../docs/limits.md")]
pub mod limits {}
