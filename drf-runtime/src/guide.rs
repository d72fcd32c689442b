//! Pages to read.

/// How each type is stored, read, written and compared on each database.
#[doc = include_str!("../docs/databases.md")]
pub mod databases {}

/// What a request costs, measured.
#[doc = include_str!("../docs/performance.md")]
pub mod performance {}

/// What a resource costs the compiler, measured.
#[doc = include_str!("../docs/compile-time.md")]
pub mod compile_time {}

/// Limits of requests, passwords, connections and the server.
#[doc = include_str!("../docs/limits.md")]
pub mod limits {}
