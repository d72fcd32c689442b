//! Plays the recorded scenarios of a real Django REST framework application against a server and compares.
//!
//! The data of a suite lives in `tests/conformance/`: `cases/` (requests), `golden/` (the responses of Django REST
//! framework), the dumps of its database for each engine, `users.json` (the tokens behind `"as"`). The topics that must pass
//! are in `topics/SUITE.ENGINE.txt`. One scenario goes through the modules in this order:
//!
//! ```text
//! suite → cases → scratch (a fresh database) → server → scenario: [variables → request → client → answer] → transcript
//!       → compare (masks, jwt) → report
//! ```
//!
//! To try topics that are not in the list yet, or another server:
//!
//! ```text
//! DRF_TOPICS=page_cursor,authors cargo test -p drf-tests --test it conformance
//! DRF_TOPICS=all DRF_CONFORMANCE_CMD="python serve.py {db} {port}" cargo test -p drf-tests --test it conformance
//! ```
//!
//! On PostgreSQL and MariaDB, whose URLs are in `TEST_POSTGRES_URL` and `TEST_MYSQL_URL`, the tests are ignored unless asked for:
//!
//! ```text
//! cargo test -p drf-tests --test it conformance -- --include-ignored
//! ```

pub mod answer;
pub mod cases;
pub mod client;
pub mod compare;
pub mod json;
pub mod jwt;
pub mod masks;
pub mod report;
pub mod request;
pub mod runner;
pub mod scenario;
pub mod scratch;
pub mod server;
pub mod suite;
pub mod transcript;
pub mod variables;

pub use report::Report;
pub use runner::{Topics, run};
pub use server::Server;
pub use suite::Suite;
