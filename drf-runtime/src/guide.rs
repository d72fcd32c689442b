//! Pages to read.

/// The storage of each type on each database.
#[doc = include_str!("../docs/databases.md")]
pub mod databases {}

/// The measured cost of a request.
#[doc = include_str!("../docs/performance.md")]
pub mod performance {}

/// The measured cost of a resource for the compiler.
#[doc = include_str!("../docs/compile-time.md")]
pub mod compile_time {}

/// Limits of requests, passwords, connections and the server.
#[doc = include_str!("../docs/limits.md")]
pub mod limits {}
