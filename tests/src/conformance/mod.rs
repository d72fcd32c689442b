//! Plays the recorded scenarios of a real Django REST framework application against a server and compares.
//!
//! The data lives in `tests/conformance/`: `cases/` (requests), `golden/` (what Django REST framework answered),
//! `bookstore.sql` (the database of every scenario), `users.json` (the tokens behind `"as"`) and `topics.txt`, the
//! list of topics that must pass. One scenario goes through the modules in this order:
//!
//! ```text
//! cases → scratch (a fresh database) → server → scenario: [variables → request → client → answer] → transcript
//!       → compare (masks, jwt) → report
//! ```
//!
//! To try something that is not in the list yet, or another server:
//!
//! ```text
//! DRF_TOPICS=page_cursor,authors cargo test -p drf-tests --test it conformance
//! DRF_TOPICS=all DRF_CONFORMANCE_CMD="python serve.py {db} {port}" cargo test -p drf-tests --test it conformance
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
pub mod transcript;
pub mod variables;

pub use report::Report;
pub use runner::{Topics, run};
pub use server::Server;
