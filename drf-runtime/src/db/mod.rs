//! Statements and rows, without the types of entities.

mod begin;
mod catalog;
mod connection;
mod date_parts;
mod foreign_keys;
mod models;
mod on_commit;
mod probe;
mod query_set;
mod referencing_keys;
mod row;
mod statement_cache;
mod transaction;
mod types;
mod wrapped;

pub(crate) use catalog::Catalog;
pub use connection::Connection;
pub use date_parts::DatePart;
pub(crate) use foreign_keys::ForeignKeys;
pub(crate) use models::{columns_of, model_columns};
#[doc(hidden)]
pub use on_commit::kind as on_commit_kind;
pub(crate) use on_commit::run_now;
pub use on_commit::{CallbackOutput, OnCommit};
pub use query_set::QuerySet;
pub(crate) use referencing_keys::{Enforcement, ReferencingKey, ReferencingKeys};
pub(crate) use row::Key;
pub use row::Row;
pub(crate) use statement_cache::{Shape, StatementCache};
pub(crate) use transaction::Scope;
pub use transaction::Transaction;
pub(crate) use types::{ColumnTypes, Storage, Unfit, into_rust};

/// The most parameters of a statement: as many as SQLite takes, which takes the fewest.
pub(crate) const MAX_PARAMETERS: usize = 32_766;

/// The most keys that one statement looks up. It may have some other parameters.
pub(crate) const MAX_KEYS: usize = 30_000;
