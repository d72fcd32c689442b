//! Statements of a fixed shape: rendered once, then only their values change.

use std::sync::{PoisonError, RwLock};

use sea_orm::sea_query::SelectStatement;
use sea_orm::{DbBackend, Statement, Value};

/// The most statements that are kept in one place. There are a handful, so they are looked through; only the sets of
/// columns that clients choose to write can be many.
const MOST: usize = 32;

/// The statements that were rendered so far, by shape.
#[derive(Debug)]
pub(crate) struct Kept<S = Shape>(RwLock<Vec<(S, String)>>);

/// What tells the look-ups of one place apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) backend: DbBackend,
    /// The database, as the types of its columns are in the text
    pub(crate) database: u32,
    /// The column that the value is compared with
    pub(crate) column: &'static str,
    /// Whether the columns of the model are selected too
    pub(crate) with_model: bool,
}

impl Kept {
    /// The statement of a shape for a parameter. It must have this one only.
    pub(crate) fn statement(
        &self,
        shape: Shape,
        value: Value,
        make: impl FnOnce() -> SelectStatement,
    ) -> Statement {
        let sql = self.text(shape, || shape.backend.build(&make()).sql);
        Statement::from_sql_and_values(shape.backend, sql, [value])
    }
}

impl<S: PartialEq> Kept<S> {
    /// The text of a shape, made where it is asked for the first time.
    pub(crate) fn text(&self, shape: S, make: impl FnOnce() -> String) -> String {
        self.find(&shape).unwrap_or_else(|| self.keep(shape, make()))
    }

    fn find(&self, shape: &S) -> Option<String> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| known == shape).map(|(_, sql)| sql.clone())
    }

    fn keep(&self, shape: S, sql: String) -> String {
        let mut kept = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST {
            kept.push((shape, sql.clone()));
        }
        sql
    }
}

impl<S> Default for Kept<S> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}
