//! What a request costs: the same API written three ways, on the same SQLite file and on PostgreSQL.
//!
//! ```text
//! $ cargo run --release -p drf-benches -- table
//! $ cargo run --release -p drf-benches -- table --on sqlite --only retrieve,list --books 1000000 --quick
//! $ cargo run --release -p drf-benches -- gate
//! ```
//!
//! | | stack | |
//! |---|---|---|
//! | a | [`with_drf`] | macros and runtime |
//! | b | [`with_sea_orm`] | axum and sea-orm, as a good engineer writes it by hand |
//! | c | [`with_sqlx`] | axum and sqlx, each row straight to a serde struct: the practical limit |
//!
//! [`agree`] holds the three to the same bytes, headers included, before anything is measured. [`measure`] counts the
//! instructions of a few and of many requests under callgrind; the difference is the requests alone. [`load`] asks over
//! sockets from a second process. Clients do not count. [`gate`] fails where drf became slower than `limits.txt` says,
//! [`soak`] where memory grows under load.

#![allow(
    clippy::disallowed_methods,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "an application, not a library"
)]

pub mod agree;
pub mod by_hand;
pub mod compile;
pub mod data;
pub mod django;
pub mod drive;
pub mod entities;
pub mod gate;
pub mod load;
pub mod measure;
pub mod soak;
pub mod stack;
pub mod table;
pub mod with_drf;
pub mod with_sea_orm;
pub mod with_sqlx;
pub mod workload;

/// What can go wrong while measuring: it is said, and the program ends.
pub type Result<T, E = Box<dyn std::error::Error + Send + Sync>> = std::result::Result<T, E>;
