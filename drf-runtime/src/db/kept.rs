//! Statements of a fixed shape: rendered once, then only their one value changes.

use std::sync::{PoisonError, RwLock};

use sea_orm::sea_query::SelectStatement;
use sea_orm::{DbBackend, Statement, Value};

/// The statements that were rendered so far, by shape. There are a handful, so they are looked through.
#[derive(Debug, Default)]
pub(crate) struct Kept(RwLock<Vec<(Shape, String)>>);

/// What tells the statements of one place apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) backend: DbBackend,
    /// The column that the value is compared with
    pub(crate) column: &'static str,
    /// Whether the columns of the model are selected too
    pub(crate) with_model: bool,
}

impl Kept {
    /// The statement of a shape for a value. It must have this one parameter only.
    pub(crate) fn statement(
        &self,
        shape: Shape,
        value: Value,
        make: impl FnOnce() -> SelectStatement,
    ) -> Statement {
        let sql = self.find(shape).unwrap_or_else(|| self.keep(shape, &make()));
        Statement::from_sql_and_values(shape.backend, sql, [value])
    }

    fn find(&self, shape: Shape) -> Option<String> {
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(known, _)| *known == shape).map(|(_, sql)| sql.clone())
    }

    fn keep(&self, shape: Shape, statement: &SelectStatement) -> String {
        let sql = shape.backend.build(statement).sql;
        self.0.write().unwrap_or_else(PoisonError::into_inner).push((shape, sql.clone()));
        sql
    }
}
